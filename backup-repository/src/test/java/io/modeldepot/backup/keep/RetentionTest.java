package io.modeldepot.backup.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.keep.Retention.Candidate;
import io.modeldepot.backup.keep.Retention.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T02:00:00Z");

  @Test
  void theNewestAndTheLastOfDaysWeeksAndMonthsStay() {
    List<Candidate> nightly = new ArrayList<>();
    for (int day = 0; day < 100; day++) {
      nightly.add(new Candidate("b-" + day, MONDAY.minus(Duration.ofDays(day)), "all"));
    }

    List<Verdict> verdicts = new Retention(2, 3, 2, 3).judge(nightly, Map.of());

    assertThat(kept(verdicts)).containsExactly("b-0", "b-1", "b-2", "b-23", "b-54");
  }

  @Test
  void aBackupOfOneModelNeverTakesThePlaceOfOneOfEverything() {
    List<Candidate> mixed =
        List.of(
            new Candidate("b-model", MONDAY, "phi-2"),
            new Candidate("b-all", MONDAY.minus(Duration.ofDays(400)), "all"));

    assertThat(kept(new Retention(0, 0, 0, 0).judge(mixed, Map.of())))
        .containsExactly("b-model", "b-all");
  }

  @Test
  void whatIsPinnedStaysWithItsReason() {
    List<Candidate> two =
        List.of(
            new Candidate("b-new", MONDAY, "all"),
            new Candidate("b-old", MONDAY.minus(Duration.ofDays(400)), "all"));

    List<Verdict> verdicts =
        new Retention(1, 0, 0, 0).judge(two, Map.of("b-old", "before upgrade"));

    assertThat(kept(verdicts)).containsExactly("b-new", "b-old");
    assertThat(verdicts.getLast().why()).isEqualTo("pinned: before upgrade");
  }

  @Test
  void moreRulesNeverKeepLess() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Candidate> some = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        some.add(
            new Candidate(
                "b-" + i, MONDAY.minusSeconds(random.nextInt(400 * 86_400)), "s" + i % 2));
      }
      Retention less = new Retention(random.nextInt(4), random.nextInt(4), 0, random.nextInt(4));
      Retention more =
          new Retention(less.last() + 1, less.daily() + 1, random.nextInt(4), less.monthly() + 1);

      assertThat(kept(more.judge(some, Map.of())))
          .as("seed %s round %s", seed, round)
          .containsAll(kept(less.judge(some, Map.of())));
      assertThat(more.judge(some, Map.of())).hasSameSizeAs(some);
    }
  }

  private static List<String> kept(List<Verdict> verdicts) {
    return verdicts.stream().filter(Verdict::kept).map(v -> v.candidate().id()).toList();
  }
}
