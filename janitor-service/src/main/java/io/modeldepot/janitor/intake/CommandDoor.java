package io.modeldepot.janitor.intake;

import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.intake.DeadLetters;
import io.modeldepot.kit.intake.Incoming.Readable;
import io.modeldepot.kit.intake.Incoming.Refused;
import io.modeldepot.kit.measure.EventAges;
import io.modeldepot.kit.trace.Working;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Takes the records of one command topic in, one after the other, each acknowledged once it is
 * durable; while the volume or the broker is away, records wait in the topic.
 *
 * @param <T> the payload
 */
final class CommandDoor<T> {
  private static final Logger LOG = Logger.getLogger(CommandDoor.class);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  private final CommandReader<T> reader;
  private final DeadLetters deadLetters;
  private final JobDesk desk;
  private final Meaning<T> meaning;
  private final EventAges ages;

  /**
   * What a topic's commands mean.
   *
   * @param fault what is wrong with a command that can be read, in words
   * @param asked the command as part of a job
   * @param kind what the job does
   */
  record Meaning<T>(
      Function<T, Optional<String>> fault,
      Function<T, Asked> asked,
      Function<T, MaintenanceKind> kind) {}

  CommandDoor(
      CommandReader<T> reader,
      DeadLetters deadLetters,
      JobDesk desk,
      Meaning<T> meaning,
      EventAges ages) {
    this.reader = reader;
    this.deadLetters = deadLetters;
    this.desk = desk;
    this.meaning = meaning;
    this.ages = ages;
  }

  /** Takes a record in; returns once it is durable. */
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
      case Refused<T> refused -> refuse(record, refused.reason(), refused.detail());
      case Readable<T> readable -> {
        CommandEnvelope<T> command = readable.command();
        Optional<String> fault = meaning.fault().apply(command.payload());
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

  private JobDesk.Answer take(CommandEnvelope<T> command) throws IOException, InterruptedException {
    try (Working.Scope _ = command.working()) {
      return desk.take(
          command,
          meaning.asked().apply(command.payload()),
          meaning.kind().apply(command.payload()));
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
