package io.modeldepot.registry.use;

import io.modeldepot.events.state.ModelUsed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** The table {@code model_use}. Taking the same twice, or in another order, is taking it once. */
@ApplicationScoped
public class Uses {
  private final EntityManager database;

  Uses(EntityManager database) {
    this.database = database;
  }

  /**
   * Takes that a version was used. Within a minute of what is known nothing changes: what is told
   * of many readers would otherwise change the answers about their model all the time.
   *
   * @return whether anything changed
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean take(ModelUsed said) {
    return database
            .createNativeQuery(
                """
                insert into model_use as u (model, last_used_at) values (?1, ?2)
                on conflict (model) do update set last_used_at = excluded.last_used_at
                where excluded.last_used_at >= u.last_used_at + interval '1 minute'
                """)
            .setParameter(1, said.model().value())
            .setParameter(2, said.lastAt())
            .executeUpdate()
        > 0;
  }
}
