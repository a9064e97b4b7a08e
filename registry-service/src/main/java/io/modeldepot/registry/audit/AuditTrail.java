package io.modeldepot.registry.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.door.Storable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The end of the chain, where records are added. One writer at a time over all instances: the
 * transaction that appends holds an advisory lock until it ends, so numbers have no gaps and no
 * record is ever chained to one that was rolled back.
 */
@ApplicationScoped
public class AuditTrail {
  /**
   * The lock's number: "audit" in ASCII. Whoever draws numbers that must follow commits takes it.
   */
  private static final long LOCK = 0x6175646974L;

  private final EntityManager database;
  private final Installation installation;
  private final InstantSource clock;
  private final Event<Appended> written;
  private final Counter appended;

  AuditTrail(
      EntityManager database,
      Installation installation,
      InstantSource clock,
      Event<Appended> written,
      MeterRegistry metrics) {
    this.database = database;
    this.installation = installation;
    this.clock = clock;
    this.written = written;
    this.appended =
        Counter.builder("modeldepot.audit.records")
            .description("Audit records written by this instance.")
            .register(metrics);
  }

  /** A record was appended in the transaction that is under way. */
  public record Appended() {}

  /**
   * Takes the lock for the rest of the caller's transaction. Lock rows first, this last: then no
   * two transactions wait for each other. Taking it twice is taking it once.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void lock() {
    database.flush();
    database
        .createNativeQuery("select pg_advisory_xact_lock(?1)")
        .setParameter(1, LOCK)
        .getSingleResult();
  }

  /**
   * Appends a record in the caller's transaction, or does nothing if the event has one already.
   *
   * @return the record, empty if the event was there
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<AuditRecord> append(AuditEntry entry) {
    lock();
    if (AuditRow.count("eventId", entry.eventId()) > 0) {
      return Optional.empty();
    }
    AuditHead head = head();
    AuditRecord open =
        new AuditRecord(
            head.seq() + 1,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            Storable.text(entry.actor()),
            Storable.text(entry.action()),
            Storable.text(entry.object()),
            entry.source().word(),
            Storable.text(entry.eventId()),
            Storable.json(Wire.mapper().valueToTree(entry.detail())),
            head.hash(),
            "");
    AuditRecord closed =
        new AuditRecord(
            open.seq(),
            open.at(),
            open.actor(),
            open.action(),
            open.object(),
            open.source(),
            open.eventId(),
            open.detail(),
            open.prev(),
            AuditHash.of(open));
    new AuditRow(closed).persist();
    database.flush();
    appended.increment();
    written.fire(new Appended());
    return Optional.of(closed);
  }

  /** The newest record's number and hash, as this transaction sees them. */
  @Transactional
  public AuditHead head() {
    List<AuditRow> newest = AuditRow.find("order by seq desc").page(0, 1).list();
    return newest.isEmpty()
        ? new AuditHead(0, AuditHash.origin(installation.id()))
        : new AuditHead(newest.getFirst().seq, newest.getFirst().hash);
  }
}
