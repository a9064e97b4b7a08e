package io.modeldepot.registry.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** What is so for a while: it begins once, whoever sees it, and can begin again after its end. */
@ApplicationScoped
public class Circumstances {
  private final EntityManager database;

  Circumstances(EntityManager database) {
    this.database = database;
  }

  /** It is so since then. Returns whether it was not so before. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean begins(String name, Instant since) {
    return database
            .createNativeQuery(
                """
                insert into notification_circumstance (name, since) values (?1, ?2)
                on conflict (name) do nothing
                """)
            .setParameter(1, name)
            .setParameter(2, since)
            .executeUpdate()
        > 0;
  }

  /** It is not so any more. Returns whether it was. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean ends(String name) {
    return database
            .createNativeQuery("delete from notification_circumstance where name = ?1")
            .setParameter(1, name)
            .executeUpdate()
        > 0;
  }

  /** What is so now and begins with this. */
  @Transactional
  @SuppressWarnings("unchecked")
  public List<String> below(String prefix) {
    return database
        .createNativeQuery("select name from notification_circumstance where starts_with(name, ?1)")
        .setParameter(1, prefix)
        .getResultList();
  }
}
