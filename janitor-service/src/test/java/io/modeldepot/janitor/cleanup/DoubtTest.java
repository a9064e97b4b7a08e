package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.janitor.site.SiteUnknown;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is doubt, nothing goes. On a real volume. */
@SuppressWarnings("NullAway.Init") // made before each test
class DoubtTest {
  private static final ModelName MODEL = ModelName.of("alpha");
  private static final CommitId FIRST = Pictures.commit(1);
  private static final CommitId SECOND = Pictures.commit(2);

  @TempDir Path directory;

  private final FaultyCalls calls = new FaultyCalls(new LinuxCalls());
  private final Pictures wanted = new Pictures();
  private ModelStore store;
  private Shelf shelf;
  private int looks;

  @BeforeEach
  void open() throws Exception {
    var unused = ModelStore.setUp(directory, LocationName.of("default"));
    store = ModelStore.open(directory, Optional.empty(), Clock.systemUTC(), calls);
    shelf = new Shelf(store, store.claims("janitor"));
    var claim = shelf.claims().await(store.janitorClaim(), Duration.ofSeconds(5));
    assertThat(claim).isPresent();
    PublishedVersions published = new PublishedVersions(store);
    published.publish(shelf, MODEL, FIRST, new long[] {1});
    published.publish(shelf, MODEL, SECOND, new long[] {2});
    wanted.wish(MODEL.value(), false, null, 1);
  }

  @AfterEach
  void nothingIsBroken() throws IOException {
    calls.heal();
    assertThat(store.invariants().brokenAtAnyMoment()).isEmpty();
    shelf.claims().close();
  }

  @Test
  void whoIsToldThatAVersionIsTheirsWhileItGoesGetsItBack() throws Exception {
    // Look 1 is that of the plan, 2 under the claim; the lease is told after it.
    List<Outcome> outcomes =
        apply(
            plan(CleanupScope.VERSIONS),
            () -> {
              if (++looks == 3) {
                wanted.used(
                    "alpha", 1, UseKind.LEASE, Instant.now(), Instant.now().plusSeconds(3600));
              }
            });

    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Stayed.class, it -> assertThat(it.reason()).startsWith("leased by"));
    assertThat(store.versions().commits(MODEL)).contains(FIRST);
    assertThat(store.trash().list()).isEmpty();
  }

  @Test
  void aWholeModelThatIsLeasedWhileItGoesIsCurrentAgain() throws Exception {
    Plan plan =
        wantedPlan(
            new Order(
                java.util.Set.of(CleanupScope.MODEL),
                Optional.of(MODEL),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(72),
                Order.UNCUT,
                Duration.ofDays(60),
                0,
                Optional.empty(),
                io.modeldepot.events.fact.RemovalReason.COMMAND));

    var unused =
        apply(
            plan,
            () -> {
              // The current version goes second: its second look is the fifth.
              if (++looks == 5) {
                wanted.used(
                    "alpha", 2, UseKind.LEASE, Instant.now(), Instant.now().plusSeconds(3600));
              }
            });

    assertThat(store.versions().current(MODEL).flatMap(Current::commit)).contains(SECOND);
    assertThat(directory.resolve("models")).isNotEmptyDirectory();
  }

  @Test
  void halfAVersionOnItsWayBackIsNobodysRubbish() throws Exception {
    var gone = apply(plan(CleanupScope.VERSIONS), () -> {});
    assertThat(gone).hasOnlyElementsOfType(Outcome.Gone.class);
    TrashEntry entry = store.trash().list().getFirst();
    ageTrash(Duration.ofDays(4));
    // The tree is back, the manifest is not.
    calls.fail(
        (made, name, path) ->
            name.equals("rename") && path.endsWith(FIRST + ".json")
                ? Optional.of(Errno.EIO)
                : Optional.empty());
    assertThatThrownBy(() -> undo(entry)).isInstanceOf(IOException.class);
    calls.heal();
    Path tree = store.layout().tree(MODEL, FIRST);
    assertThat(tree).exists();
    try (var files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
      }
    }

    Plan plan = plan(CleanupScope.TRASH, CleanupScope.FOREIGN);
    var unused = apply(plan, () -> {});

    assertThat(plan.items()).isEmpty();
    assertThat(undo(entry)).isTrue();
    assertThat(store.versions().commits(MODEL)).contains(FIRST);
    assertThat(store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void aTreeWithoutAManifestGoesOnlyWhereNobodyWorksOnItsModel() throws Exception {
    Path tree = Files.createDirectories(store.layout().tree(MODEL, Pictures.commit(9)));
    Files.setLastModifiedTime(tree, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Plan plan = plan(CleanupScope.FOREIGN);
    assertThat(plan.items()).hasSize(1);

    try (var somebody = store.claims("downloader");
        var held = somebody.take(store.claimPlace(MODEL)).orElseThrow()) {
      assertThat(apply(plan, () -> {})).hasOnlyElementsOfType(Outcome.Stayed.class);
      assertThat(held.stillHeld()).isTrue();
    }

    assertThat(tree).exists();
    assertThat(apply(plan, () -> {})).hasOnlyElementsOfType(Outcome.Gone.class);
  }

  @Test
  void aModelThatWasPlacedUntilNowIsNotUnused() throws Exception {
    Instant longAgo =
        Instant.now().minus(Duration.ofDays(200)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    UseBook book = new UseBook(store);
    wanted.placed("alpha", 2);
    var unused = book.look(site(), store.surveyor().versions(), longAgo);
    wanted.placements.clear();

    Instant atFirst =
        book.look(site(), store.surveyor().versions(), longAgo.plus(Duration.ofDays(1))).get(MODEL);
    wanted.placed("alpha", 2);
    Instant now = store.volumesNow().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    var unusedToo = book.look(site(), store.surveyor().versions(), now);
    wanted.placements.clear();
    Map<ModelName, Instant> seen = book.look(site(), store.surveyor().versions(), now);

    assertThat(atFirst).isEqualTo(longAgo);
    assertThat(seen).containsEntry(MODEL, now);
  }

  @Test
  void aBrokerThatWasRebuiltIsNotBelievedForAnHour() throws Exception {
    Instant now = Instant.now();
    BrokerWatch.requireKnown(store, "one", now);
    BrokerWatch.requireKnown(store, "one", now.plusSeconds(60));

    assertThatThrownBy(() -> BrokerWatch.requireKnown(store, "two", now.plusSeconds(120)))
        .isInstanceOf(SiteUnknown.class)
        .hasMessageContaining("new");
    assertThatThrownBy(() -> BrokerWatch.requireKnown(store, "two", now.plusSeconds(3600)))
        .isInstanceOf(SiteUnknown.class);
    BrokerWatch.requireKnown(store, "two", now.plusSeconds(120 + 3600));
  }

  @Test
  void aVolumeWhoseClockIsNotThisMachinesIsLeftAlone() {
    ClockWatch watch =
        new ClockWatch(System::nanoTime, () -> Instant.now().minus(Duration.ofHours(2)));

    assertThatThrownBy(() -> watch.requireSteady(store)).isInstanceOf(ClockJumped.class);
  }

  @Test
  void afterDaysUnseenTenMinutesPassFirst() throws Exception {
    store
        .notes("clock")
        .write(
            "seen",
            io.modeldepot.events.wire.Wire.write(
                new ClockWatch.Note(1, Instant.now().minus(Duration.ofDays(2)))));
    AtomicLong nanos = new AtomicLong();
    ClockWatch watch = new ClockWatch(nanos::get, Instant::now);

    assertThatThrownBy(() -> watch.requireSteady(store))
        .isInstanceOf(ClockJumped.class)
        .hasMessageContaining("10 minutes");
    nanos.addAndGet(Duration.ofMinutes(11).toNanos());
    assertThat(watch.requireSteady(store)).isNotNull();
  }

  private Plan plan(CleanupScope... scopes) throws IOException {
    return wantedPlan(Pictures.order(Optional.empty(), scopes));
  }

  private Plan wantedPlan(Order order) throws IOException {
    return Planner.plan(
        new Picture(store.surveyor().look(), site(), List.of(), Map.of()),
        order,
        Pictures.command(),
        RequestId.of("job"));
  }

  private Site site() {
    return new Site(
        Pictures.HERE,
        wanted.wishes,
        wanted.placements,
        wanted.uses,
        wanted.hosts,
        wanted.settings,
        Instant.now());
  }

  private List<Outcome> apply(Plan plan, Runnable atEachLook) throws Exception {
    return new Applier(
            shelf,
            new KnownSite() {
              @Override
              public Site site() {
                return DoubtTest.this.site();
              }

              @Override
              public long generation(ModelName model) {
                return 0;
              }

              @Override
              public void requireUpToDate() {
                atEachLook.run();
              }
            },
            (topic, key, payload) -> {},
            new ClockWatch(System::nanoTime, Instant::now),
            plan,
            RequestId.of("job"),
            Duration.ofMillis(200))
        .apply(progress -> {});
  }

  private boolean undo(TrashEntry entry) throws Exception {
    return shelf.underClaim(
        MODEL,
        Duration.ofSeconds(5),
        claim ->
            store.trash().undo(claim, entry, 0) == io.modeldepot.store.trash.Trash.Undone.BACK);
  }

  private void ageTrash(Duration age) throws IOException {
    for (TrashEntry entry : store.trash().list()) {
      Files.setLastModifiedTime(
          store.layout().trash().resolve(entry.name()).resolve("entry.json"),
          FileTime.from(Instant.now().minus(age)));
    }
  }
}
