package io.modeldepot.registry.intake;

import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.RestoreRequested;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.fact.ModelRemoved;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.intake.Incoming.Readable;
import io.modeldepot.kit.intake.Incoming.Refused;
import io.modeldepot.kit.trace.Working;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.maintenance.MaintenanceRequests;
import io.modeldepot.registry.notify.Newsroom;
import io.modeldepot.registry.outbox.Ledger;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Commands for the janitors, and the facts that they tell. What cannot be read is put into the
 * dead-letter topic by the janitor and only counted here.
 */
@ApplicationScoped
class MaintenanceIntake {
  private final CommandReader<CleanupDue> cleanups =
      new CommandReader<>(Topics.CLEANUP_DUE, CleanupDue.class);
  private final CommandReader<BackupDue> backups =
      new CommandReader<>(Topics.BACKUP_DUE, BackupDue.class);
  private final CommandReader<RestoreRequested> restores =
      new CommandReader<>(Topics.RESTORE_REQUESTED, RestoreRequested.class);

  private final Projection projection;
  private final MaintenanceRequests requests;
  private final Ledger ledger;
  private final Newsroom newsroom;

  MaintenanceIntake(
      Projection projection, MaintenanceRequests requests, Ledger ledger, Newsroom newsroom) {
    this.newsroom = newsroom;
    this.projection = projection;
    this.requests = requests;
    this.ledger = ledger;
  }

  @Incoming("cleanup-due")
  @RunOnVirtualThread
  void cleanup(ConsumerRecord<String, byte[]> record) {
    heard(record, cleanups);
  }

  @Incoming("backup-due")
  @RunOnVirtualThread
  void backup(ConsumerRecord<String, byte[]> record) {
    heard(record, backups);
  }

  @Incoming("restore-requested")
  @RunOnVirtualThread
  void restore(ConsumerRecord<String, byte[]> record) {
    heard(record, restores);
  }

  @Incoming("model-removed")
  @RunOnVirtualThread
  void removed(ConsumerRecord<String, byte[]> record) {
    fact(record, ModelRemoved.class, this::removed);
  }

  @Incoming("model-corrupted")
  @RunOnVirtualThread
  void corrupted(ConsumerRecord<String, byte[]> record) {
    fact(record, ModelCorrupted.class, this::corrupted);
  }

  private <T> void heard(ConsumerRecord<String, byte[]> record, CommandReader<T> reader) {
    switch (reader.read(record)) {
      case Readable<T>(CommandEnvelope<T> command) -> {
        try (Working.Scope _ = command.working()) {
          projection.applyOrSkip(
              place(record),
              time(record),
              () ->
                  requests.heard(
                      command.payload(),
                      command.id(),
                      Origin.event(record.topic() + "/" + command.id())));
        }
      }
      case Refused<T> refused ->
          projection.poison(place(record), refused.reason().header() + ": " + refused.detail());
    }
  }

  /** Something done with a fact, in a transaction. */
  private interface Taken<T> {
    boolean take(T fact, Origin origin);
  }

  private <T> void fact(ConsumerRecord<String, byte[]> record, Class<T> type, Taken<T> taken) {
    if (record.value() == null) {
      projection.poison(place(record), "A fact has a value.");
      return;
    }
    try {
      T fact = Wire.read(record.value(), type);
      Origin origin =
          Origin.event(
              record.topic()
                  + "/"
                  + record.partition()
                  + "/"
                  + record.offset()
                  + "/"
                  + record.timestamp());
      projection.applyOrSkip(place(record), time(record), () -> taken.take(fact, origin));
    } catch (UnreadablePayload e) {
      projection.poison(place(record), e.reason().header() + ": " + e.detail());
    }
  }

  private boolean removed(ModelRemoved fact, Origin origin) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("location", fact.location().value());
    detail.put("reason", fact.reason().name().toLowerCase(java.util.Locale.ROOT));
    detail.put("freedBytes", fact.freedBytes());
    fact.trash().ifPresent(trash -> detail.put("trash", trash));
    fact.undoUntil().ifPresent(until -> detail.put("undoUntil", Wire.time(until)));
    fact.requestId().ifPresent(id -> detail.put("requestId", id.value()));
    String version = fact.commit().map(commit -> "@" + commit).orElse("");
    return ledger.write(
        origin.entry("version.removed", "model/" + fact.model() + version, detail), List.of());
  }

  private boolean corrupted(ModelCorrupted fact, Origin origin) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("location", fact.location().value());
    detail.put("path", fact.path());
    detail.put("kind", fact.kind().name().toLowerCase(java.util.Locale.ROOT));
    detail.put("repair", fact.repair().name().toLowerCase(java.util.Locale.ROOT));
    if (!fact.badBlocks().isEmpty()) {
      detail.put("badBlocks", fact.badBlocks());
    }
    if (!fact.servedTo().isEmpty()) {
      detail.put("servedTo", fact.servedTo());
    }
    fact.quarantine().ifPresent(place -> detail.put("quarantine", place));
    boolean isNew =
        ledger.write(
            origin.entry(
                "version.corrupted", "model/" + fact.model() + "@" + fact.commit(), detail),
            List.of());
    if (isNew) {
      newsroom.corrupted(fact);
    }
    return isNew;
  }

  private static Projection.Place place(ConsumerRecord<?, ?> record) {
    return Projection.Place.of(record.topic(), record.partition(), record.offset());
  }

  private static Instant time(ConsumerRecord<?, ?> record) {
    return Instant.ofEpochMilli(record.timestamp());
  }
}
