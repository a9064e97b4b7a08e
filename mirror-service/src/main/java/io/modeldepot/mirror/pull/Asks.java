package io.modeldepot.mirror.pull;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for, and under which id: kept for an hour from the first asking, so that a pull
 * which goes on over a full hour is not asked for twice. The id is made of the place, the
 * repository and the hour of that first asking, so several mirrors that are asked at a time ask
 * once too. Safe for threads.
 */
final class Asks {
  private static final Duration KEPT = Duration.ofHours(1);

  private record Ask(RequestId id, Instant at) {}

  private final int most;
  private final Map<RepositoryId, Ask> asked = new HashMap<>();

  /** At most so many repositories within any hour. */
  Asks(int most) {
    this.most = most;
  }

  /** What came of wishing for a repository. */
  sealed interface Outcome {
    /** The caller asks now, under this id; if that fails it says {@link #forget}. */
    record First(RequestId id) implements Outcome {}

    /** It was asked for under this id. */
    record Again(RequestId id) implements Outcome {}

    /** Enough were asked for within the hour. */
    record TooMany() implements Outcome {}
  }

  /** The id under which a repository was asked for within the last hour. */
  synchronized Optional<RequestId> known(RepositoryId repository, Instant now) {
    clean(now);
    return Optional.ofNullable(asked.get(repository)).map(Ask::id);
  }

  /** The id that a repository is asked for under if it is asked for now. */
  static RequestId id(LocationName location, RepositoryId repository, Instant now) {
    String name = location + "|" + repository + "|" + now.truncatedTo(ChronoUnit.HOURS);
    return RequestId.of("m-" + Sha256.ofText(name).value().substring(0, 32));
  }

  /** Notes a wish. Of callers at a time one is the first. */
  synchronized Outcome wish(LocationName location, RepositoryId repository, Instant now) {
    clean(now);
    Ask before = asked.get(repository);
    if (before != null) {
      return new Outcome.Again(before.id());
    }
    if (asked.size() >= most) {
      return new Outcome.TooMany();
    }
    RequestId id = id(location, repository, now);
    asked.put(repository, new Ask(id, now));
    return new Outcome.First(id);
  }

  /** It could not be asked for after all. */
  synchronized void forget(RepositoryId repository) {
    asked.remove(repository);
  }

  private void clean(Instant now) {
    asked.values().removeIf(it -> it.at().plus(KEPT).isBefore(now));
  }
}
