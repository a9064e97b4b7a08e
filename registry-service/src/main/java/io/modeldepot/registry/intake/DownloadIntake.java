package io.modeldepot.registry.intake;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.fact.DownloadFailed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.trace.Working;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.downloads.Outcomes;
import io.modeldepot.registry.downloads.Requests;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Requests and failures of downloads. The registry reads requests beside the downloader to show
 * them, so what cannot be read is put into the dead-letter topic by the downloader and only counted
 * here.
 */
@ApplicationScoped
class DownloadIntake {
  private final CommandReader<DownloadRequested> reader =
      new CommandReader<>(Topics.DOWNLOAD_REQUESTED, DownloadRequested.class);

  private final Projection projection;
  private final Requests requests;
  private final Outcomes outcomes;
  private final InstantSource clock;

  DownloadIntake(Projection projection, Requests requests, Outcomes outcomes, InstantSource clock) {
    this.clock = clock;
    this.projection = projection;
    this.requests = requests;
    this.outcomes = outcomes;
  }

  @Incoming("download-requested")
  @RunOnVirtualThread
  void requested(ConsumerRecord<String, byte[]> record) {
    switch (reader.read(record)) {
      case io.modeldepot.kit.intake.Incoming.Readable<DownloadRequested>(
              CommandEnvelope<DownloadRequested> command) -> {
        try (Working.Scope _ = command.working()) {
          requested(record, command);
        }
      }
      case io.modeldepot.kit.intake.Incoming.Refused<DownloadRequested> refused ->
          poison(record, refused.reason().header() + ": " + refused.detail());
    }
  }

  @Incoming("download-failed")
  @RunOnVirtualThread
  void failed(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      poison(record, "A fact has a value.");
      return;
    }
    try {
      DownloadFailed failed = Wire.read(record.value(), DownloadFailed.class);
      projection.applyOrSkip(place(record), time(record), () -> outcomes.take(failed));
    } catch (UnreadablePayload e) {
      poison(record, e.reason().header() + ": " + e.detail());
    }
  }

  private void requested(
      ConsumerRecord<String, byte[]> record, CommandEnvelope<DownloadRequested> command) {
    Origin origin = Origin.event("download-requested/" + command.id());
    projection.applyOrSkip(
        place(record),
        time(record),
        () ->
            command.expired(clock.instant())
                ? requests.heardTooLate(command.payload(), command.id(), origin)
                : requests.heard(command.payload(), command.id(), origin));
  }

  private void poison(ConsumerRecord<String, byte[]> record, String why) {
    projection.poison(place(record), why);
  }

  private static Projection.Place place(ConsumerRecord<?, ?> record) {
    return Projection.Place.of(record.topic(), record.partition(), record.offset());
  }

  private static Instant time(ConsumerRecord<?, ?> record) {
    return Instant.ofEpochMilli(record.timestamp());
  }
}
