package io.modeldepot.registry.versions;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was taken of every version, in memory. A location is announced as a whole whenever a
 * downloader starts or its volume comes back, so most of the topic is old or was said before: that
 * is passed over without a transaction, else a registry that starts would read for minutes. Safe
 * for threads.
 */
@ApplicationScoped
public class TakenAlready {
  private final EntityManager database;
  private final Map<VersionRow.Key, Word> words = new ConcurrentHashMap<>();

  /**
   * The last word.
   *
   * @param hash of what was said; absent where only the database knows
   */
  private record Word(long generation, OptionalInt hash) {}

  TakenAlready(EntityManager database) {
    this.database = database;
  }

  /** Learns from the database, and forgets what it knew: the rows may be others than before. */
  @Transactional
  public void learn() {
    words.clear();
    database
        .createQuery(
            "select v.model, v.commitId, v.location, v.generation from VersionRow v",
            Object[].class)
        .getResultStream()
        .forEach(
            row ->
                words.put(
                    new VersionRow.Key((String) row[0], (String) row[1], (String) row[2]),
                    new Word((Long) row[3], OptionalInt.empty())));
  }

  /** Whether it may change anything. */
  public boolean isNews(ModelVerified said) {
    Word known = words.get(key(said.location(), said.model(), said.commit()));
    return known == null
        || known.generation() < said.generation()
        || known.generation() == said.generation()
            && !known.hash().equals(OptionalInt.of(said.hashCode()));
  }

  /** It is in the database. */
  public void taken(ModelVerified said) {
    Word word = new Word(said.generation(), OptionalInt.of(said.hashCode()));
    words.merge(
        key(said.location(), said.model(), said.commit()),
        word,
        (known, latest) -> known.generation() > latest.generation() ? known : latest);
  }

  /** It is not there any more. */
  public void forgotten(LocationName location, ModelName model, CommitId commit) {
    words.remove(key(location, model, commit));
  }

  private static VersionRow.Key key(LocationName location, ModelName model, CommitId commit) {
    return new VersionRow.Key(model.value(), commit.value(), location.value());
  }
}
