package io.modeldepot.registry.access;

import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.Identity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who calls, and under which request id. Filled by {@link CallerFilter} before anything else. */
@RequestScoped
public class Caller {
  private String requestId = "none";
  private Checked checked = new Checked.Refused("Nobody has asked who calls.");
  private Optional<String> token = Optional.empty();

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

  void is(Checked checked, Optional<String> token, String requestId) {
    this.checked = checked;
    this.token = token;
    this.requestId = requestId;
  }
}
