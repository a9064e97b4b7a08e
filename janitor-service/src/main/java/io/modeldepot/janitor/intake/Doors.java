package io.modeldepot.janitor.intake;

import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.intake.DeadLetters;
import io.modeldepot.kit.measure.EventAges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;

/** Makes the doors: one per command topic, all alike. */
@ApplicationScoped
public class Doors {
  private final DeadLetters deadLetters;
  private final JobDesk desk;
  private final EventAges ages;

  @Inject
  Doors(DeadLetters deadLetters, JobDesk desk, EventAges ages) {
    this.deadLetters = deadLetters;
    this.desk = desk;
    this.ages = ages;
  }

  /**
   * A door.
   *
   * @param topic what it hears
   * @param payload what the topic carries
   * @param fault what is wrong with a command that can be read, in words
   * @param asked the command as part of a job
   * @param kind what the job does
   */
  <T> CommandDoor<T> open(
      TopicSpec topic,
      Class<T> payload,
      Function<T, Optional<String>> fault,
      Function<T, Asked> asked,
      Function<T, MaintenanceKind> kind) {
    return new CommandDoor<>(
        new CommandReader<>(topic, payload),
        deadLetters,
        desk,
        new CommandDoor.Meaning<>(fault, asked, kind),
        ages);
  }
}
