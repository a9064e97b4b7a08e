package io.modeldepot.registry.catalog;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.audit.AuditTrail;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outbox;
import io.modeldepot.registry.outbox.Outgoing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the topic say what the catalog says, once at every start. PostgreSQL is right about what is
 * wanted; but an entry that it has never heard of, or knows from the seed alone, is taken from the
 * topic: then it was the database that was lost.
 */
@ApplicationScoped
public class Reconciliation {
  private static final Logger LOG = Logger.getLogger(Reconciliation.class);

  private final Generations generations;
  private final Ledger ledger;
  private final Outbox outbox;
  private final AuditTrail trail;
  private final InstantSource clock;

  Reconciliation(
      Generations generations,
      Ledger ledger,
      Outbox outbox,
      AuditTrail trail,
      InstantSource clock) {
    this.generations = generations;
    this.ledger = ledger;
    this.outbox = outbox;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Compares and announces what differs.
   *
   * @param topic what the topic says, read to its end
   */
  @Transactional
  public void reconcile(Map<String, ModelDescribed> topic) {
    TreeSet<String> names = new TreeSet<>(topic.keySet());
    CatalogModel.<CatalogModel>listAll().forEach(row -> names.add(row.name));
    int announced = 0;
    for (String name : names) {
      ModelDescribed said = topic.get(name);
      if (said != null) {
        generations.seen(name, said.generation());
      }
      CatalogModel row = CatalogModel.findById(name, LockModeType.PESSIMISTIC_WRITE);
      announced += row == null ? unknownHere(name, said) : knownHere(row, said);
    }
    if (announced > 0) {
      LOG.infof("Announced %d entries of the catalog again.", announced);
    }
  }

  /** The topic shows a record; later edits here go above it. */
  @Transactional
  public void heard(ModelName name, long generation) {
    generations.seen(name.value(), generation);
  }

  private int knownHere(CatalogModel row, @Nullable ModelDescribed said) {
    ModelDescribed ours = row.wish();
    if (ours.equals(said)) {
      return 0;
    }
    boolean ahead = said == null || said.generation() < ours.generation();
    if (ahead && outbox.holds(Topics.MODEL_DESCRIBED, row.name)) {
      return 0; // on its way already
    }
    if (said != null && isUntouchedSeed(row) && said.generation() > ours.generation()) {
      row.take(said, clock.instant().truncatedTo(ChronoUnit.MILLIS));
      restored(said);
      return 0;
    }
    if (said != null && said.generation() >= ours.generation()) {
      ours = Wishes.at(ours, generations.next(row.name));
      row.generation = ours.generation();
    }
    outbox.withdraw(Topics.MODEL_DESCRIBED, row.name);
    ledger.repeat(List.of(Outgoing.of(Topics.MODEL_DESCRIBED, row.name, ours, Ids.event())));
    return 1;
  }

  private int unknownHere(String name, @Nullable ModelDescribed said) {
    if (said == null) {
      return 0;
    }
    if (generations.wasDeleted(name)) {
      ledger.repeat(List.of(Outgoing.forgotten(Topics.MODEL_DESCRIBED, name, Ids.event())));
      return 1;
    }
    new CatalogModel(said, clock.instant().truncatedTo(ChronoUnit.MILLIS)).persist();
    restored(said);
    return 0;
  }

  private void restored(ModelDescribed said) {
    outbox.withdraw(Topics.MODEL_DESCRIBED, said.model().value());
    trail.append(
        Origin.event("restored-" + said.model() + "-" + said.generation())
            .entry(
                "model.restored",
                "model/" + said.model(),
                Map.of("generation", said.generation(), "from", Topics.MODEL_DESCRIBED.name())));
  }

  /** Nobody has edited it since the seed was planted. */
  private static boolean isUntouchedSeed(CatalogModel row) {
    return row.generation == 1
        && Seed.entries().stream().anyMatch(entry -> entry.model().value().equals(row.name));
  }
}
