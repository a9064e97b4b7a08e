package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.trash.Trash;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The removal of a whole model, refused at one of its calls, and gone on with by the next process.
 * Wherever it stopped, that its current version was current is not forgotten: it is gone with its
 * views and comes back as it was, or it stays as it was. A seed that failed is run again by {@code
 * -Ddepot.seed=…}; every call is refused with {@code -Ddepot.every=1}.
 */
@SuppressWarnings("NullAway.Init") // made before each test
class InterruptedRemovalTest {
  private static final ModelName MODEL = ModelName.of("alpha");
  private static final CommitId OLD = Pictures.commit(1);
  private static final CommitId CURRENT = Pictures.commit(2);
  private static final ClaimTimes SHORT =
      new ClaimTimes(Duration.ofMillis(5), Duration.ofMillis(20));

  private final LinuxCalls real = new LinuxCalls();
  private Pictures wanted;
  private Path directory;
  private FaultyCalls calls;
  private ModelStore store;
  private int holders;

  @BeforeEach
  void make() throws Exception {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "removal-")
            : Files.createTempDirectory("removal-");
    var unused = ModelStore.setUp(directory.resolve("before"), LocationName.of("default"));
    open("before");
    try (Claims claims = store.claims("before", SHORT)) {
      Shelf shelf = new Shelf(store, claims);
      PublishedVersions published = new PublishedVersions(store);
      published.publish(shelf, MODEL, OLD, new long[] {1});
      published.publish(shelf, MODEL, CURRENT, new long[] {1, 2});
    }
  }

  @AfterEach
  void remove() throws IOException {
    DirectoryTree.remove(real, directory);
  }

  @Test
  void isFinishedAndCanBeUndone() throws Exception {
    everyCall(
        moment -> {
          assertThat(apply(plan())).as(moment).hasOnlyElementsOfType(Outcome.Gone.class);
          assertThat(store.publisher().isSettled(MODEL)).as(moment).isTrue();
          assertThat(store.layout().models().resolve("family-of-alpha/alpha"))
              .as(moment)
              .doesNotExist();
          for (TrashEntry entry : store.trash().list()) {
            assertThat(entry.note().wasCurrent())
                .as(moment)
                .isEqualTo(entry.note().commit().equals(Optional.of(CURRENT)));
            undo(entry, moment);
          }
          assertCurrentAgain(moment);
        });
  }

  @Test
  void isTakenBackIfSomebodyNeedsTheVersionByThen() throws Exception {
    everyCall(
        moment -> {
          wanted.used(
              MODEL.value(), 2, UseKind.LEASE, Instant.now(), Instant.now().plusSeconds(3600));
          List<Outcome> outcomes = apply(plan());
          assertThat(outcomes.getLast()).as(moment).isInstanceOf(Outcome.Stayed.class);
          assertThat(store.trash().list())
              .as(moment)
              .noneMatch(it -> it.note().commit().equals(Optional.of(CURRENT)));
          assertCurrentAgain(moment);
        });
  }

  /** What is held against the volume after a process was stopped. */
  private interface Afterwards {
    void look(String moment) throws Exception;
  }

  private void everyCall(Afterwards afterwards) throws Exception {
    long seed = Long.getLong("depot.seed", new Random().nextLong());
    System.out.println("depot.seed=" + seed);
    int every = Integer.getInteger("depot.every", 7);
    boolean reached = true;
    int number = new Random(seed).nextInt(every);
    for (; reached; number += every) {
      Trace.copyVolume(real, directory.resolve("before"), directory.resolve("stopped"));
      open("stopped");
      wanted = new Pictures();
      wanted.wish(MODEL.value(), false, null, 1);
      String moment = "seed " + seed + ": refused at call " + number;
      first = Optional.of(planned());
      calls.failOnce(number, Errno.EIO);
      try {
        List<Outcome> unused = apply(plan());
      } catch (IOException e) {
        assertThat(calls.made()).as("%s: failed by itself: %s", moment, e).isGreaterThan(number);
      }
      reached = calls.made() > number;
      calls.heal();
      afterwards.look(moment);
      assertThat(store.invariants().brokenAtRest()).as(moment).isEmpty();
      DirectoryTree.remove(real, directory.resolve("stopped"));
    }
    assertThat(number).isGreaterThan(100);
  }

  private void assertCurrentAgain(String moment) throws IOException {
    assertThat(store.versions().current(MODEL).flatMap(Current::commit))
        .as(moment)
        .contains(CURRENT);
    assertThat(store.publisher().isSettled(MODEL)).as(moment).isTrue();
    assertThat(store.layout().models().resolve("family-of-alpha/alpha/weights-2"))
        .as(moment)
        .exists();
  }

  private void undo(TrashEntry entry, String moment) throws Exception {
    try (Claims claims = store.claims("undo-" + ++holders, SHORT)) {
      Trash.Undone undone =
          new Shelf(store, claims)
              .underClaim(
                  MODEL,
                  Duration.ofSeconds(5),
                  claim ->
                      store
                          .trash()
                          .undo(claim, entry, 0, () -> Undoing.current(store, claim, entry, 0)));
      assertThat(undone).as(moment).isEqualTo(Trash.Undone.BACK);
    }
  }

  private Optional<Plan> first = Optional.empty();

  private Plan plan() {
    return first.orElseThrow();
  }

  private Plan planned() throws IOException {
    Order order =
        new Order(
            Set.of(CleanupScope.MODEL),
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
            RemovalReason.COMMAND);
    Plan plan =
        Planner.plan(
            new Picture(store.surveyor().look(), site().site(), List.of(), Map.of()),
            order,
            Pictures.command(),
            RequestId.of("job"));
    assertThat(plan.items()).hasSize(2);
    return plan;
  }

  /** A process of its own: the one before is dead, with what it held. */
  private List<Outcome> apply(Plan plan) throws Exception {
    Claims claims = store.claims("janitor-" + ++holders, SHORT);
    return new Applier(
            KilledMain.asJanitor(new Shelf(store, claims)),
            site(),
            (topic, key, payload) -> {},
            new ClockWatch(System::nanoTime, Instant::now),
            plan,
            RequestId.of("job"),
            Duration.ofSeconds(5))
        .apply(progress -> {});
  }

  private KnownSite site() {
    Site now =
        new Site(
            Pictures.HERE,
            wanted.wishes,
            wanted.placements,
            wanted.uses,
            wanted.hosts,
            wanted.settings,
            Instant.now());
    return new KnownSite() {
      @Override
      public Site site() {
        return now;
      }

      @Override
      public long generation(ModelName model) {
        return 0;
      }

      @Override
      public void requireUpToDate() {
        // Nobody is told anything but by this test.
      }
    };
  }

  private void open(String name) throws IOException {
    calls = new FaultyCalls(real);
    store = ModelStore.open(directory.resolve(name), Optional.empty(), Clock.systemUTC(), calls);
  }
}
