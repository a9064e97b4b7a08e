package io.modeldepot.registry.catalog;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.audit.AuditTrail;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outbox;
import io.modeldepot.registry.outbox.Outgoing;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the topic say what the catalog says, once at every start. PostgreSQL is right about what is
 * wanted; but an entry that it has never heard of, or knows from the seed alone, is taken from the
 * topic: then it was the database that was lost.
 */
@ApplicationScoped
public class Reconciliation {
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

  /** Every name that has an entry here or on the topic. */
  @Transactional
  public SortedSet<String> names(Set<String> onTopic) {
    SortedSet<String> names = new TreeSet<>(onTopic);
    CatalogModel.<CatalogModel>streamAll().forEach(row -> names.add(row.name));
    return names;
  }

  /**
   * Compares one entry and announces it if it differs.
   *
   * @param said what the topic says under this name, read to its end
   * @return whether it was announced
   */
  @Transactional
  public boolean reconcile(String name, Optional<ModelDescribed> said) {
    Optional<CatalogModel> row =
        CatalogModel.findByIdOptional(name, LockModeType.PESSIMISTIC_WRITE);
    said.ifPresent(record -> generations.seen(name, record.generation()));
    ModelDescribed known = said.orElse(null);
    int announced = row.isPresent() ? knownHere(row.get(), known) : unknownHere(name, known);
    return announced > 0;
  }

  /** What only a fault of a writer can have put on the topic. */
  private static void requireEntry(String name, ModelDescribed said) {
    if (!said.model().value().equals(name)) {
      throw ProblemException.invalid("/model", "It is " + said.model() + " under another key.");
    }
    if (said.generation() < 1) {
      throw ProblemException.invalid("/generation", "An entry that was announced has one.");
    }
  }

  /**
   * The topic shows a record; later edits here go above it.
   *
   * @throws ProblemException {@code invalid} if it can be no entry of this name
   */
  @Transactional
  public void heard(String name, ModelDescribed said) {
    requireEntry(name, said);
    generations.seen(name, said.generation());
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
