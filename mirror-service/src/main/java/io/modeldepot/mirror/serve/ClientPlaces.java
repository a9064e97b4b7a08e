package io.modeldepot.mirror.serve;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the files that each address is being sent. Remembers nobody who is sent none. */
@ApplicationScoped
public class ClientPlaces {
  private final int most;
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();

  ClientPlaces(ServeSettings settings) {
    this.most = settings.transfersPerClient();
  }

  /** A place for one transfer; giving it back twice is giving it back once. */
  public final class Place {
    private final String client;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(String client) {
      this.client = client;
    }

    /** Gives it back. */
    public void leave() {
      if (left.compareAndSet(false, true)) {
        taken.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
      }
    }
  }

  /** A place for this address; empty if it has all that it may have. */
  public Optional<Place> take(String client) {
    int[] before = {0};
    taken.compute(
        client,
        (key, count) -> {
          before[0] = count == null ? 0 : count;
          return most > 0 && before[0] >= most ? count : before[0] + 1;
        });
    return most > 0 && before[0] >= most ? Optional.empty() : Optional.of(new Place(client));
  }
}
