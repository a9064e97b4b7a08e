package io.modeldepot.registry.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The id of this registry's database, made with its tables, from which the chain starts. */
@ApplicationScoped
public class Installation {
  private final EntityManager database;
  private final AtomicReference<UUID> known = new AtomicReference<>();

  Installation(EntityManager database) {
    this.database = database;
  }

  /** The id. */
  @Transactional
  public UUID id() {
    UUID id = known.get();
    if (id == null) {
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
