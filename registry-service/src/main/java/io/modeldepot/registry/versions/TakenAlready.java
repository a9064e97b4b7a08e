package io.modeldepot.registry.versions;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was taken of every version, in memory. A location is announced as a whole whenever a
 * downloader starts or its volume comes back, so most of the topic is old or was said before: that
 * is passed over without a transaction, else a registry that starts would read for minutes. All of
 * it is forgotten every hour, so that an announcement still mends a database that somebody put back
 * meanwhile. Safe for threads.
 */
@ApplicationScoped
public class TakenAlready {
  private static final Duration TRUSTED = Duration.ofHours(1);

  private final EntityManager database;
  private final Map<Shelf, Map<String, Said>> last = new ConcurrentHashMap<>();
  private volatile long since = System.nanoTime();

  /** A model at a location; with the names of each version beside it the map would be twice it. */
  private record Shelf(String model, String location) {
    static Shelf of(LocationName location, ModelName model) {
      return new Shelf(model.value(), location.value());
    }

    static Shelf of(ModelVerified said) {
      return of(said.location(), said.model());
    }
  }

  /**
   * What was said last of a version.
   *
   * @param hash of all of it; absent where only the database knows
   */
  private record Said(long generation, OptionalInt hash) {}

  TakenAlready(EntityManager database) {
    this.database = database;
  }

  /** Learns from the database, and forgets what it knew: the rows may be others than before. */
  @Transactional
  public void learn() {
    forgetAll();
    List<Object[]> rows =
        database
            .createQuery(
                "select v.model, v.commitId, v.location, v.generation from VersionRow v",
                Object[].class)
            .getResultList();
    for (Object[] row : rows) {
      versions(new Shelf((String) row[0], (String) row[2]))
          .put((String) row[1], new Said((Long) row[3], OptionalInt.empty()));
    }
  }

  /** Whether it may change anything. */
  public boolean isNews(ModelVerified said) {
    if (System.nanoTime() - since > TRUSTED.toNanos()) {
      forgetAll();
    }
    Said known = last.getOrDefault(Shelf.of(said), Map.of()).get(said.commit().value());
    return known == null
        || known.generation() < said.generation()
        || known.generation() == said.generation()
            && !known.hash().equals(OptionalInt.of(said.hashCode()));
  }

  /** It is in the database. */
  public void taken(ModelVerified said) {
    versions(Shelf.of(said))
        .merge(
            said.commit().value(),
            new Said(said.generation(), OptionalInt.of(said.hashCode())),
            (known, latest) -> known.generation() > latest.generation() ? known : latest);
  }

  /** A version of a model is not there any more, and another one may be its current one now. */
  public void forgotten(LocationName location, ModelName model) {
    last.remove(Shelf.of(location, model));
  }

  private void forgetAll() {
    last.clear();
    since = System.nanoTime();
  }

  private Map<String, Said> versions(Shelf shelf) {
    return last.computeIfAbsent(shelf, it -> new ConcurrentHashMap<>());
  }
}
