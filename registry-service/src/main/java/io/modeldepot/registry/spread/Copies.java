package io.modeldepot.registry.spread;

import io.modeldepot.events.terms.CommitId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the tables say of copies: which version a model is at, where it is, what is on its way. */
@ApplicationScoped
class Copies {
  private static final long TRY_ONE = 7_001;

  private final EntityManager database;

  Copies(EntityManager database) {
    this.database = database;
  }

  /**
   * The version that every location of a model is to have.
   *
   * @param model name
   * @param commit its commit
   * @param bytes of its files
   */
  record Wanted(String model, CommitId commit, long bytes) {}

  /** Of several registries one does it; true until the caller's transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  boolean alone() {
    return (Boolean)
        database
            .createNativeQuery("select pg_try_advisory_xact_lock(?1)")
            .setParameter(1, TRY_ONE)
            .getSingleResult();
  }

  /**
   * By model, what its locations are to have: the pinned commit if it is present at a living
   * location, else the current one that was verified last.
   *
   * @param alive locations
   */
  @Transactional
  Map<String, Wanted> wanted(Set<String> alive) {
    List<?> rows =
        database
            .createNativeQuery(
                """
                select distinct on (v.model) v.model, v.commit_id, v.present_bytes
                from version v join model m on m.name = v.model
                where v.state = 'present' and v.location = any(?1)
                  and (v.is_current or v.commit_id = m.pin)
                order by v.model, (v.commit_id = coalesce(m.pin, '')) desc, v.verified_at desc, v.commit_id
                """)
            .setParameter(1, alive.toArray(new String[0]))
            .getResultList();
    Map<String, Wanted> wanted = new HashMap<>();
    for (Object row : rows) {
      Object[] columns = (Object[]) row;
      String model = (String) columns[0];
      wanted.put(
          model,
          new Wanted(model, CommitId.of((String) columns[1]), ((Number) columns[2]).longValue()));
    }
    return wanted;
  }

  /** Where a version is, whatever its state; one that was removed counts as not there. */
  @Transactional
  Set<String> at(Wanted version) {
    return new HashSet<>(
        database
            .createNativeQuery(
                """
                select location from version
                where model = ?1 and commit_id = ?2 and state <> 'removed'
                """,
                String.class)
            .setParameter(1, version.model())
            .setParameter(2, version.commit().value())
            .getResultList()
            .stream()
            .map(String.class::cast)
            .toList());
  }

  /**
   * Whether nothing is to be asked for now: a request for the model is under way, or a copy for
   * this location ended without success a moment ago.
   */
  @Transactional
  boolean busy(String model, String location, Instant failedSince) {
    Optional<?> found =
        database
            .createNativeQuery(
                """
                select 1 from download d
                where d.model = ?1
                  and (not d.is_final and (d.locations = '[]' or d.locations @> to_jsonb(cast(?2 as text)))
                       or d.payload ->> 'source' = 'replica' and d.payload ->> 'location' = ?2
                          and d.state <> 'done' and d.updated_at > ?3)
                limit 1
                """)
            .setParameter(1, model)
            .setParameter(2, location)
            .setParameter(3, failedSince)
            .getResultList()
            .stream()
            .findFirst();
    return found.isPresent();
  }
}
