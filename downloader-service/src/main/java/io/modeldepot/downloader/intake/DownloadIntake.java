package io.modeldepot.downloader.intake;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadRules;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.intake.DeadLetters;
import io.modeldepot.kit.intake.Incoming.Readable;
import io.modeldepot.kit.intake.Incoming.Refused;
import io.modeldepot.kit.measure.EventAges;
import io.modeldepot.kit.trace.Working;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The door for {@code download-requested}. One record after the other, each acknowledged once it is
 * durable; while the volume or the broker is away, records wait in the topic.
 */
@ApplicationScoped
public class DownloadIntake {
  private static final Logger LOG = Logger.getLogger(DownloadIntake.class);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  private final CommandReader<DownloadRequested> reader =
      new CommandReader<>(Topics.DOWNLOAD_REQUESTED, DownloadRequested.class);
  private final DeadLetters deadLetters;
  private final JobDesk desk;
  private final EventAges ages;

  @Inject
  DownloadIntake(DeadLetters deadLetters, JobDesk desk, EventAges ages) {
    this.deadLetters = deadLetters;
    this.desk = desk;
    this.ages = ages;
  }

  @Incoming("download-requested")
  @Blocking
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  CompletionStage<Void> heard(Message<byte[]> message) throws InterruptedException {
    ConsumerRecord<?, byte[]> record = recordOf(message);
    while (true) {
      try {
        handle(record);
        ages.handled(record.topic(), Instant.ofEpochMilli(record.timestamp()), Instant.now());
        return message.ack();
      } catch (IOException | ExecutionException e) {
        LOG.warnf("A command cannot be taken in yet: %s", e.getMessage());
        Thread.sleep(BEFORE_NEXT_TRY);
      }
    }
  }

  private void handle(ConsumerRecord<?, byte[]> record)
      throws IOException, ExecutionException, InterruptedException {
    switch (reader.read(record)) {
      case Refused<DownloadRequested> refused -> refuse(record, refused.reason(), refused.detail());
      case Readable<DownloadRequested> readable -> {
        CommandEnvelope<DownloadRequested> command = readable.command();
        Optional<String> fault =
            DownloadRules.faults(command.payload()).stream()
                .map(DownloadRules.Fault::toString)
                .findFirst();
        if (fault.isPresent()) {
          refuse(record, Reason.INVALID, fault.get());
          return;
        }
        switch (take(command)) {
          case TAKEN -> {}
          case ANOTHER_WITH_THIS_ID ->
              refuse(
                  record,
                  Reason.DUPLICATE_ID,
                  "The id %s was used for another request.".formatted(command.id()));
          case UNREADABLE_JOB ->
              refuse(
                  record,
                  Reason.DUPLICATE_ID,
                  "The id %s is that of a job whose journal cannot be read."
                      .formatted(command.id()));
        }
      }
    }
  }

  private JobDesk.Answer take(CommandEnvelope<DownloadRequested> command)
      throws IOException, InterruptedException {
    try (Working.Scope _ = command.working()) {
      return desk.take(command);
    }
  }

  private void refuse(ConsumerRecord<?, byte[]> record, Reason reason, String detail)
      throws ExecutionException, InterruptedException {
    LOG.infof(
        "A record of %s at offset %d is refused, %s: %s",
        record.topic(), record.offset(), reason.header(), detail);
    deadLetters.publish(record, reason, detail).get();
  }

  @SuppressWarnings("unchecked")
  private static ConsumerRecord<?, byte[]> recordOf(Message<byte[]> message) {
    return message
        .getMetadata(IncomingKafkaRecordMetadata.class)
        .map(metadata -> (ConsumerRecord<?, byte[]>) metadata.getRecord())
        .orElseThrow(() -> new IllegalStateException("This is no record of Kafka."));
  }
}
