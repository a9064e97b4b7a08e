package io.modeldepot.registry.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The id of this registry's database, made once, from which the chain starts. */
@ApplicationScoped
public class Installation {
  private final EntityManager database;
  private final InstantSource clock;
  private final AtomicReference<UUID> known = new AtomicReference<>();

  Installation(EntityManager database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The id; makes it in the caller's transaction if this database has none yet. */
  @Transactional
  public UUID id() {
    UUID id = known.get();
    if (id == null) {
      database
          .createNativeQuery(
              "insert into installation (id, created_at) values (?1, ?2) on conflict do nothing")
          .setParameter(1, UUID.randomUUID())
          .setParameter(2, clock.instant())
          .executeUpdate();
      id =
          (UUID)
              database
                  .createNativeQuery("select id from installation", UUID.class)
                  .getSingleResult();
      known.set(id);
    }
    return id;
  }
}
