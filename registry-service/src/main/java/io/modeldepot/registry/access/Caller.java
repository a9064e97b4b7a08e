package io.modeldepot.registry.access;

import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.Identity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Who calls, and under which request id. Filled by {@link CallerFilter} before anything else. */
@RequestScoped
public class Caller {
  private String requestId = "none";
  private Checked checked = new Checked.Refused("Nobody has asked who calls.");
  private Optional<String> token = Optional.empty();
  private Supplier<Checked> again = () -> checked;

  /** As given in {@code X-Request-Id}, else made here. */
  public String requestId() {
    return requestId;
  }

  /**
   * An opaque id: {@code token/<id>}, {@code service}, {@code local} from the same machine, {@code
   * anonymous}.
   */
  public String actor() {
    return identity().map(Identity::actor).orElse("anonymous");
  }

  /** Who it is; empty for who is refused. */
  public Optional<Identity> identity() {
    return checked instanceof Checked.Known known
        ? Optional.of(known.identity())
        : Optional.empty();
  }

  /** Why nobody is known; empty if somebody is. */
  public Optional<String> refusal() {
    return checked instanceof Checked.Refused refused
        ? Optional.of(refused.why())
        : Optional.empty();
  }

  /** What it carries, for a service behind this one; the secret itself. */
  public Optional<String> token() {
    return token;
  }

  /**
   * Asks again, whenever it is called, whether it is still who it was: its token may be revoked or
   * over. For an answer that takes as long as the client likes.
   */
  public BooleanSupplier still() {
    Optional<Identity> then = identity();
    Supplier<Checked> gate = again;
    return () ->
        gate.get() instanceof Checked.Known known && Optional.of(known.identity()).equals(then);
  }

  /**
   * @param again what the gate says of the same caller at another time
   */
  void is(Checked checked, Supplier<Checked> again, Optional<String> token, String requestId) {
    this.checked = checked;
    this.again = again;
    this.token = token;
    this.requestId = requestId;
  }
}
