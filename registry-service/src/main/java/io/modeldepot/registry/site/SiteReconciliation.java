package io.modeldepot.registry.site;

import io.modeldepot.events.state.SiteDescribed;
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

/**
 * Makes the topic say what the site's settings say, once at every start. PostgreSQL is right about
 * what is wanted; but a setting that it has never heard of is taken from the topic: then it was the
 * database that was lost. What is announced goes above the generation that the topic shows, or
 * nobody would listen.
 */
@ApplicationScoped
public class SiteReconciliation {
  private final Ledger ledger;
  private final Outbox outbox;
  private final AuditTrail trail;
  private final InstantSource clock;

  SiteReconciliation(Ledger ledger, Outbox outbox, AuditTrail trail, InstantSource clock) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.trail = trail;
    this.clock = clock;
  }

  /** Every key that has a setting here or on the topic, or had one. */
  @Transactional
  public SortedSet<String> keys(Set<String> onTopic) {
    SortedSet<String> keys = new TreeSet<>(onTopic);
    SettingRow.<SettingRow>streamAll().forEach(row -> keys.add(row.key));
    return keys;
  }

  /**
   * Compares one setting and announces it if it differs.
   *
   * @param said what the topic says under this key, read to its end
   * @return whether it was announced
   */
  @Transactional
  public boolean reconcile(String key, Optional<SiteDescribed> said) {
    said.ifPresent(record -> requireSetting(key, record));
    Optional<SettingRow> row = SettingRow.findByIdOptional(key, LockModeType.PESSIMISTIC_WRITE);
    if (row.isPresent()) {
      return knownHere(row.get(), said);
    }
    said.ifPresent(this::restore);
    return false;
  }

  /**
   * The topic shows a record; later changes here go above it.
   *
   * @throws ProblemException {@code invalid} if it can be no setting of this key
   */
  @Transactional
  public void heard(String key, SiteDescribed said) {
    requireSetting(key, said);
    SettingRow.<SettingRow>findByIdOptional(key, LockModeType.PESSIMISTIC_WRITE)
        .ifPresent(row -> row.generation = Math.max(row.generation, said.generation()));
  }

  private boolean knownHere(SettingRow row, Optional<SiteDescribed> said) {
    Optional<SiteDescribed> ours = row.described();
    if (ours.equals(said)) {
      return false;
    }
    boolean ahead = said.map(SiteDescribed::generation).orElse(0L) < row.generation;
    if (ahead && outbox.holds(Topics.SITE_DESCRIBED, row.key)) {
      return false; // on its way already
    }
    if (!ahead) {
      row.generation = said.map(SiteDescribed::generation).orElse(0L) + 1;
    }
    outbox.withdraw(Topics.SITE_DESCRIBED, row.key);
    ledger.repeat(
        List.of(
            row.described()
                .map(it -> Outgoing.of(Topics.SITE_DESCRIBED, row.key, it, Ids.event()))
                .orElseGet(() -> Outgoing.forgotten(Topics.SITE_DESCRIBED, row.key, Ids.event()))));
    return true;
  }

  private void restore(SiteDescribed said) {
    SettingRow row = new SettingRow();
    row.key = said.key();
    row.take(Optional.of(said.value()), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    row.generation = said.generation();
    row.persist();
    trail.append(
        Origin.event("restored-" + said.key() + "-" + said.generation())
            .entry(
                "site.restored",
                "site/" + said.key(),
                Map.of("generation", said.generation(), "from", Topics.SITE_DESCRIBED.name())));
  }

  /** What only a fault of a writer can have put on the topic. */
  private static void requireSetting(String key, SiteDescribed said) {
    if (!said.key().equals(key)) {
      throw ProblemException.invalid("/key", "It is " + said.key() + " under another key.");
    }
    if (said.generation() < 1) {
      throw ProblemException.invalid("/generation", "A setting that was announced has one.");
    }
  }
}
