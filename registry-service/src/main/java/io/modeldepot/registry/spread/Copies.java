package io.modeldepot.registry.spread;

import io.modeldepot.events.terms.CommitId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
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
   * A location of an entry that has not got what the others have.
   *
   * @param model name
   * @param commit what it lacks
   * @param location where
   */
  record Lacking(String model, CommitId commit, String location) {}

  /** Of several registries one does it; true until the caller's transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  boolean alone() {
    return (Boolean)
        database
            .createNativeQuery("select pg_try_advisory_xact_lock(?1)")
            .setParameter(1, TRY_ONE)
            .getSingleResult();
  }

  /** Bytes of the versions that models have at living locations, by model; the largest counts. */
  @Transactional
  Map<String, Long> sizes(Set<String> alive) {
    List<?> rows =
        database
            .createNativeQuery(
                """
                select v.model, max(v.present_bytes) from version v join model m on m.name = v.model
                where m.spread is not null and v.state = 'present' and v.is_current and v.location = any(?1)
                group by v.model
                """)
            .setParameter(1, alive.toArray(new String[0]))
            .getResultList();
    Map<String, Long> sizes = new HashMap<>();
    for (Object row : rows) {
      Object[] columns = (Object[]) row;
      sizes.put((String) columns[0], ((Number) columns[1]).longValue());
    }
    return sizes;
  }

  /**
   * What is missing at living locations. A model's locations are to have its pinned commit if that
   * is present at one of them, else the current one that was verified last. What was removed from a
   * location after the entry was last changed is missing on purpose; where locations are chosen, a
   * minute after: a cleanup may have taken what did not belong there a moment before.
   */
  @Transactional
  List<Lacking> lacking(Set<String> alive) {
    List<?> rows =
        database
            .createNativeQuery(
                """
                with wanted as (
                  select distinct on (v.model) v.model, v.commit_id
                  from version v join model m on m.name = v.model
                  where v.state = 'present' and v.location = any(?1)
                    and (v.is_current or v.commit_id = m.pin)
                  order by v.model, (v.commit_id = coalesce(m.pin, '')) desc, v.verified_at desc, v.commit_id)
                select w.model, w.commit_id, l.location
                from wanted w
                join model m on m.name = w.model
                cross join lateral jsonb_array_elements_text(m.locations) as l(location)
                where l.location = any(?1)
                  and not exists (
                    select 1 from version v
                    where v.model = w.model and v.commit_id = w.commit_id and v.location = l.location
                      and (v.state <> 'removed'
                        or v.updated_at > m.updated_at
                          + case when m.spread is null then interval '0' else interval '1 minute' end))
                order by w.model, l.location
                """)
            .setParameter(1, alive.toArray(new String[0]))
            .getResultList();
    return rows.stream()
        .map(Object[].class::cast)
        .map(
            columns ->
                new Lacking(
                    (String) columns[0], CommitId.of((String) columns[1]), (String) columns[2]))
        .toList();
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
