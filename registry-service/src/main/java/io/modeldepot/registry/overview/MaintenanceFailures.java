package io.modeldepot.registry.overview;

import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.maintenance.Mishaps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Backups, checks and cleanups that failed. A failure counts for a week, or until the same kind of
 * work was done at its location: a backup that is missing is not forgotten because nobody asked for
 * another one.
 */
@ApplicationScoped
class MaintenanceFailures {
  private static final Duration COUNTS_FOR = Duration.ofDays(7);

  private final EntityManager database;

  MaintenanceFailures(EntityManager database) {
    this.database = database;
  }

  /** The newest, at most so many. */
  @SuppressWarnings("unchecked")
  List<Status.Attention> newest(Instant now, int most) {
    List<String> records =
        database
            .createNativeQuery(
                """
                select cast(failed.record as text) from maintenance_progress failed
                join maintenance asked on asked.id = failed.id
                where failed.state = 'failed' and asked.created_at > ?1
                  and not (failed.record -> 'problem' ->> 'code' = any (string_to_array(?2, ' ')))
                  and not exists (
                    select 1 from maintenance_progress done
                    join maintenance later on later.id = done.id
                    where done.state = 'done' and done.location = failed.location
                      and done.record ->> 'kind' = failed.record ->> 'kind'
                      and later.created_at > asked.created_at
                      and later.model is not distinct from asked.model)
                order by asked.created_at desc
                """)
            .setParameter(1, now.minus(COUNTS_FOR))
            .setParameter(
                2, String.join(" ", Mishaps.theAskers().stream().map(ProblemCode::code).toList()))
            .setMaxResults(most)
            .getResultList();
    return records.stream()
        .map(record -> attention(Json.value(record, MaintenanceProgressed.class)))
        .toList();
  }

  private static Status.Attention attention(MaintenanceProgressed failed) {
    Problem problem =
        failed.problem().orElseGet(() -> Problem.of(ProblemCode.INTERNAL, "No reason was given."));
    return new Status.Attention(
        Overview.ERROR,
        problem.code().code(),
        "%s at %s failed: %s"
            .formatted(Mishaps.words(failed.kind()), failed.location(), problem.detail()),
        "maintenance/" + failed.requestId(),
        failed.updatedAt(),
        problem.remedies());
  }
}
