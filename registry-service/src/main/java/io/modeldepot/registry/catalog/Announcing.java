package io.modeldepot.registry.catalog;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outgoing;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;

/**
 * Tells the topic every entry again, unchanged, for a topic that may have lost them. Some at a
 * time, so that no transaction holds the trail for long; one that is changed meanwhile goes out
 * above what is told here.
 */
@ApplicationScoped
public class Announcing {
  private static final int AT_A_TIME = 100;

  private final Ledger ledger;

  Announcing(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Announces all entries, in transactions of its own. */
  public void again() {
    String after = "";
    while (true) {
      String from = after;
      List<ModelDescribed> told = QuarkusTransaction.requiringNew().call(() -> tell(from));
      if (told.size() < AT_A_TIME) {
        return;
      }
      after = told.getLast().model().value();
    }
  }

  private List<ModelDescribed> tell(String after) {
    List<ModelDescribed> entries =
        CatalogModel.<CatalogModel>find("name > ?1 order by name", after)
            .page(0, AT_A_TIME)
            .withLock(LockModeType.PESSIMISTIC_READ)
            .list()
            .stream()
            .map(CatalogModel::wish)
            .toList();
    ledger.repeat(
        entries.stream()
            .map(
                entry ->
                    Outgoing.of(Topics.MODEL_DESCRIBED, entry.model().value(), entry, Ids.event()))
            .toList());
    return entries;
  }
}
