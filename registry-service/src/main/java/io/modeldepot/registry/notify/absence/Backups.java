package io.modeldepot.registry.notify.absence;

import io.modeldepot.events.terms.LocationName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** The backups that went well. */
@ApplicationScoped
class Backups {
  private final EntityManager database;

  Backups(EntityManager database) {
    this.database = database;
  }

  /** Whether one of this scope, or of everything, was made at the location since then. */
  @Transactional
  boolean made(LocationName location, String scope, Instant since) {
    return (Boolean)
        database
            .createNativeQuery(
                """
                select exists (
                  select 1 from maintenance_progress
                  where state = 'done' and location = ?1 and record ->> 'kind' = 'backup'
                    and coalesce(record #>> '{result,scope}', 'all') in (?2, 'all')
                    and cast(record ->> 'updatedAt' as timestamptz) >= ?3)
                """)
            .setParameter(1, location.value())
            .setParameter(2, scope)
            .setParameter(3, since)
            .getSingleResult();
  }
}
