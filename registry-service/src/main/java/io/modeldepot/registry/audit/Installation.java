package io.modeldepot.registry.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** The id of this registry's database, made with its tables, from which the chain starts. */
@ApplicationScoped
public class Installation {
  private final EntityManager database;

  Installation(EntityManager database) {
    this.database = database;
  }

  /** The id. */
  @Transactional
  public UUID id() {
    // Asked each time: a restore gives this database the beginning of a former one.
    return (UUID)
        database.createNativeQuery("select id from installation", UUID.class).getSingleResult();
  }
}
