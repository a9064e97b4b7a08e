package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the downloader is told of a cleanup. */
class ResultsTest {
  private static final CommitId COMMIT = CommitId.of("c".repeat(40));

  @Test
  void aModelWhoseVersionWasGivenBackIsAnnouncedAgain() {
    Item item =
        new Item(
            Item.Kind.VERSION,
            "alpha@ccccccc",
            "alpha@" + COMMIT,
            Optional.of(ModelName.of("alpha")),
            Optional.of(COMMIT),
            "print",
            "asked for by name",
            RemovalReason.COMMAND,
            1,
            true);
    Plan plan =
        new Plan(
            Plan.FORMAT,
            "c-1",
            RequestId.of("job"),
            Pictures.command(),
            Instant.EPOCH,
            60,
            60,
            List.of(item),
            List.of(),
            0);

    Map<String, Object> result =
        Results.done(plan, List.of(new Outcome.Stayed(item, "it is active")));

    assertThat(result).containsEntry("models", List.of("alpha"));
  }
}
