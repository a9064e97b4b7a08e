package io.modeldepot.registry.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/**
 * The generations of catalog entries: one more than the highest ever given to the name here or seen
 * on the topic. They outlive the entry, so an entry that is made again is never older than its
 * former self.
 */
@ApplicationScoped
class Generations {
  private final EntityManager database;

  Generations(EntityManager database) {
    this.database = database;
  }

  /** The next generation of a name; the caller's transaction holds the name until it ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  long next(String name) {
    return ((Number)
            database
                .createNativeQuery(
                    """
                    insert into model_generation as g (name, generation, deleted) values (?1, 1, false)
                    on conflict (name) do update set generation = g.generation + 1, deleted = false
                    returning generation
                    """,
                    Long.class)
                .setParameter(1, name)
                .getSingleResult())
        .longValue();
  }

  /** The entry is gone; its number stays. */
  @Transactional(Transactional.TxType.MANDATORY)
  void deleted(String name) {
    database
        .createNativeQuery("update model_generation set deleted = true where name = ?1")
        .setParameter(1, name)
        .executeUpdate();
  }

  /** The topic has a record of this generation; ours go on above it. */
  @Transactional(Transactional.TxType.MANDATORY)
  void seen(String name, long generation) {
    database
        .createNativeQuery(
            """
            insert into model_generation as g (name, generation, deleted) values (?1, ?2, false)
            on conflict (name) do update set generation = excluded.generation
            where g.generation < excluded.generation
            """)
        .setParameter(1, name)
        .setParameter(2, generation)
        .executeUpdate();
  }

  /** Whether any name ever had one; if not, this database is new. */
  @Transactional(Transactional.TxType.MANDATORY)
  boolean none() {
    return database
        .createNativeQuery("select 1 from model_generation limit 1")
        .getResultList()
        .isEmpty();
  }

  /** Whether there was an entry of this name and somebody removed it. */
  @Transactional(Transactional.TxType.MANDATORY)
  boolean wasDeleted(String name) {
    return !database
        .createNativeQuery("select 1 from model_generation where name = ?1 and deleted")
        .setParameter(1, name)
        .getResultList()
        .isEmpty();
  }
}
