package io.modeldepot.registry.outbox;

import io.modeldepot.events.wire.CloudEventHeaders;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.trace.Working;
import io.modeldepot.registry.audit.AuditEntry;
import io.modeldepot.registry.audit.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one way by which a change is written down and goes out, as part of the caller's trace. Call
 * it last in a transaction, after the rows are changed: from here to the commit the transaction
 * holds the lock of the trail.
 */
@ApplicationScoped
public class Ledger {
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Event<Committed> committed;
  private final ServiceIdentity identity;

  Ledger(
      AuditTrail trail, InstantSource clock, Event<Committed> committed, ServiceIdentity identity) {
    this.trail = trail;
    this.clock = clock;
    this.committed = committed;
    this.identity = identity;
  }

  /** Something is in the outbox and its transaction is over. */
  record Committed() {}

  /**
   * Writes an audit entry and what is to be published, in the caller's transaction: all of it
   * becomes visible with the commit, or none.
   *
   * @return false if the event was written before; then nothing is written
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean write(AuditEntry entry, List<Outgoing> records) {
    if (trail.append(entry).isEmpty()) {
      return false;
    }
    publish(records);
    return true;
  }

  /** Publishes without an audit entry: what is announced again because it may have been lost. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void repeat(List<Outgoing> records) {
    trail.lock();
    publish(records);
  }

  private void publish(List<Outgoing> records) {
    Instant now = clock.instant();
    for (Outgoing record : records) {
      CloudEventHeaders headers =
          CloudEventHeaders.of(
              record.topic(),
              record.eventId(),
              identity.service(),
              identity.instance(),
              record.key(),
              now);
      CloudEventHeaders traced =
          Working.traceparent().map(headers::withTraceparent).orElse(headers);
      Map<String, String> all = new LinkedHashMap<>(traced.asMap());
      record
          .maxAge()
          .ifPresent(left -> all.put(CommandReader.MAX_AGE, Long.toString(left.toSeconds())));
      new OutboxRow(
              record.topic().name(),
              record.key(),
              record.payload().map(Wire::write).orElse(null),
              new String(Wire.write(all), StandardCharsets.UTF_8),
              now)
          .persist();
    }
    if (!records.isEmpty()) {
      committed.fire(new Committed());
    }
  }
}
