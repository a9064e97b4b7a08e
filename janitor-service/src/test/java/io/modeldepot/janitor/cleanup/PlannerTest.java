package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.trash.TrashNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Instant NOW = Pictures.NOW;
  private final Pictures given = new Pictures();

  @Test
  void theNewestStayAndTheBytesAreThoseThatNobodyElseHas() {
    given
        .version("phi", 1, Duration.ofDays(9), false, 1, 10)
        .version("phi", 2, Duration.ofDays(8), false, 1, 20)
        .version("phi", 3, Duration.ofDays(7), true, 1, 30)
        .wish("phi", false, null, 1);

    Plan plan = given.plan(CleanupScope.VERSIONS);

    assertThat(plan.items()).extracting(Item::what).containsExactly("phi@0000000", "phi@0000000");
    assertThat(plan.items()).extracting(Item::bytes).containsOnly(1000L);
    assertThat(plan.freedLaterBytes()).as("content 1 is needed by the third").isEqualTo(2000);
  }

  @Test
  void contentOfTwoThatGoIsCountedOnce() {
    given
        .version("phi", 1, Duration.ofDays(9), false, 1)
        .version("phi", 2, Duration.ofDays(8), false, 1)
        .version("phi", 3, Duration.ofDays(7), true, 3)
        .wish("phi", false, null, 1);

    assertThat(given.plan(CleanupScope.VERSIONS).freedLaterBytes()).isEqualTo(1000);
  }

  @Test
  void everyOwnersReferenceHoldsAVersion() {
    for (int number = 1; number <= 7; number++) {
      given.version("phi", number, Duration.ofDays(20 - number), number == 7, number);
    }
    given.wish("phi", true, Pictures.commit(1), 1).placed("phi", 2);
    given.used("phi", 3, UseKind.LEASE, NOW.minusSeconds(9), NOW.plusSeconds(9));
    given.used("phi", 4, UseKind.READ, NOW.minus(Duration.ofHours(3)), null);
    given.links.put(ModelName.of("phi"), Pictures.commit(5));
    given.jobs.add(
        new Survey.Job(
            RequestId.of("running"),
            Optional.of(DownloadState.TRANSFERRING),
            Optional.of(ModelName.of("phi")),
            Optional.of(Pictures.commit(6)),
            List.of(),
            Optional.of(NOW),
            true,
            0));

    Plan plan = given.plan(CleanupScope.VERSIONS);

    assertThat(plan.items()).isEmpty();
    assertThat(plan.kept())
        .extracting(Kept::reason)
        .containsExactlyInAnyOrder(
            "pinned",
            "placed",
            "leased by somebody until 2026-11-24T09:00:09.000Z",
            "used at 2026-11-24T06:00:00.000Z",
            "active/phi points to it",
            "a download of it is under way",
            "active");
  }

  @Test
  void aLeaseThatIsOverHoldsNothing() {
    given
        .version("phi", 1, Duration.ofDays(9), false, 1)
        .version("phi", 2, Duration.ofDays(8), true, 2)
        .wish("phi", false, null, 1)
        .used("phi", 1, UseKind.LEASE, NOW.minus(Duration.ofDays(3)), NOW.minusSeconds(1));

    assertThat(given.plan(CleanupScope.VERSIONS).items()).hasSize(1);
  }

  @Test
  void aModelThatNobodyUsedForLongGoesWholeAndOneThatSomebodyUsesStaysWhole() {
    given
        .version("old", 1, Duration.ofDays(90), false, 1)
        .version("old", 2, Duration.ofDays(80), true, 2)
        .wish("old", false, null, 3)
        .version("read", 3, Duration.ofDays(90), true, 3)
        .wish("read", false, null, 3)
        .used("read", 3, UseKind.READ, NOW.minus(Duration.ofDays(59)), null)
        .version("fresh", 4, Duration.ofDays(59), true, 4)
        .wish("fresh", false, null, 3)
        .version("orphan", 5, Duration.ofDays(900), true, 5);

    Plan plan = given.plan(CleanupScope.UNUSED);

    assertThat(plan.items())
        .allMatch(Item::withModel)
        .extracting(it -> it.model().orElseThrow().value())
        .containsExactly("old", "old");
  }

  @Test
  void blobsGoByTheirLinkCountSmallOnesByTheirAgeAndAwaitedOnesStay() {
    long large = 2 << 20;
    given
        .blob(1, large, 1, Duration.ofMinutes(1))
        .blob(2, large, 2, Duration.ofDays(99))
        .blob(3, 1000, 1, Duration.ofDays(6))
        .blob(4, 1000, 1, Duration.ofDays(8))
        .blob(5, large, 1, Duration.ofDays(99));
    given.jobs.add(
        new Survey.Job(
            RequestId.of("waiting"),
            Optional.of(DownloadState.WAITING),
            Optional.empty(),
            Optional.empty(),
            List.of(Pictures.digest(5)),
            Optional.of(NOW),
            true,
            0));

    assertThat(given.plan(CleanupScope.CACHE).items())
        .extracting(Item::ref)
        .containsExactlyInAnyOrder(Pictures.digest(1).value(), Pictures.digest(4).value());
  }

  @Test
  void theTrashIsDestroyedAfterItsWindowAndNotWhileSomebodyWantsItBack() {
    given.trash.add(entry("over", 1, NOW.minus(Duration.ofHours(73))));
    given.trash.add(entry("young", 2, NOW.minus(Duration.ofHours(71))));
    given.trash.add(entry("wanted", 3, NOW.minus(Duration.ofHours(90))));
    given.wish("wanted", false, Pictures.commit(3), 1);

    Plan plan = given.plan(CleanupScope.TRASH);

    assertThat(plan.items()).extracting(Item::ref).containsExactly("over");
    assertThat(plan.kept()).extracting(Kept::reason).contains("pinned");
  }

  @Test
  void shortOfSpaceWhatCostsNobodyAnythingGoesFirstAndNoMoreThanIsMissing() {
    given.freeBytes = 0;
    given
        .blob(1, 2 << 20, 1, Duration.ofDays(1))
        .version("old", 1, Duration.ofDays(90), true, 1)
        .wish("old", false, null, 3);
    given.trash.add(entry("over", 9, NOW.minus(Duration.ofHours(73))));

    Order order =
        Pictures.order(
            Optional.of(1L << 20), CleanupScope.CACHE, CleanupScope.TRASH, CleanupScope.UNUSED);
    Order more =
        Pictures.order(
            Optional.of(3L << 20), CleanupScope.CACHE, CleanupScope.TRASH, CleanupScope.UNUSED);

    assertThat(given.plan(order).items()).extracting(Item::kind).containsExactly(Item.Kind.BLOB);
    assertThat(given.plan(more).items())
        .extracting(Item::kind)
        .containsExactly(Item.Kind.BLOB, Item.Kind.TRASH, Item.Kind.VERSION);
  }

  @Test
  void ofAFamilyOverItsQuotaOldVersionsGoThoseFirstThatWereUsedLongestAgo() {
    given
        .version("phi", 1, Duration.ofDays(30), false, 1)
        .version("phi", 2, Duration.ofDays(20), false, 2)
        .version("phi", 3, Duration.ofDays(10), true, 3)
        .wish("phi", false, null, 9)
        .quota("family-of-phi", 2000);

    assertThat(given.plan(CleanupScope.VERSIONS).items())
        .extracting(it -> it.commit().orElseThrow())
        .containsExactly(Pictures.commit(1));
  }

  @Test
  void thePlanIsTheSameForTheSamePicture() {
    given
        .version("phi", 1, Duration.ofDays(9), false, 1)
        .version("phi", 2, Duration.ofDays(8), true, 2)
        .wish("phi", false, null, 1);

    assertThat(given.plan(CleanupScope.VERSIONS)).isEqualTo(given.plan(CleanupScope.VERSIONS));
  }

  private static TrashEntry entry(String name, int number, Instant since) {
    return new TrashEntry(
        name,
        new TrashNote(
            TrashNote.FORMAT,
            TrashNote.Kind.VERSION,
            Optional.of(ModelName.of(name)),
            Optional.of(Pictures.commit(number)),
            false,
            "versions/" + name,
            "for a test",
            1000,
            Duration.ofHours(72).toSeconds(),
            RequestId.of("removal")),
        since,
        TrashEntry.Content.WHOLE);
  }

  @Test
  void aVersionThatAnInferenceServersRepositoryNamesStays() {
    given
        .wish("alpha", false, null, 1)
        .version("alpha", 1, Duration.ofDays(9), false, 1)
        .version("alpha", 2, Duration.ofDays(1), true, 2);
    given.engineLinks.put(ModelName.of("alpha"), java.util.Set.of(Pictures.commit(1)));

    assertThat(given.plan(CleanupScope.VERSIONS).items()).isEmpty();
  }

  @Test
  void whatABackupThatIsUnderWayHasListedStays() {
    given
        .wish("alpha", false, null, 1)
        .version("alpha", 1, Duration.ofDays(9), false, 1)
        .version("alpha", 2, Duration.ofDays(1), true, 2);
    given.backups.add(Pictures.backupOf("alpha"));
    assertThat(given.plan(CleanupScope.VERSIONS).items()).isEmpty();

    given.backups.clear();
    given.backups.add(Pictures.backupOf("beta"));
    assertThat(given.plan(CleanupScope.VERSIONS).items()).hasSize(1);
  }

  @Test
  void aModelIsUnusedOnlyAfterItWasSeenUnusedForSoLong() {
    given.wish("alpha", false, null, 1).version("alpha", 1, Duration.ofDays(200), true, 1);
    given.lastSeenInUse.put(ModelName.of("alpha"), Pictures.NOW.minus(Duration.ofDays(59)));
    assertThat(given.plan(CleanupScope.UNUSED).items()).isEmpty();

    given.lastSeenInUse.put(ModelName.of("alpha"), Pictures.NOW.minus(Duration.ofDays(60)));
    assertThat(given.plan(CleanupScope.UNUSED).items()).hasSize(1);
  }

  @Test
  void whatAnEngineServesStaysAndCountsAsUsed() {
    given
        .wish("alpha", false, null, 1)
        .version("alpha", 1, Duration.ofDays(90), false, 1)
        .version("alpha", 2, Duration.ofDays(80), true, 2);
    given.hosts.add(Pictures.engineOf("alpha", NOW.minusSeconds(60)));
    assertThat(given.plan(CleanupScope.VERSIONS, CleanupScope.UNUSED).items()).isEmpty();

    given.hosts.clear();
    given.hosts.add(Pictures.engineOf("alpha", NOW.minus(Duration.ofDays(2))));
    assertThat(given.plan(CleanupScope.VERSIONS, CleanupScope.UNUSED).items()).hasSize(2);
  }
}
