package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimLost;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.trash.Trash;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.Trace;
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
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A janitor that stands still for so long that another takes over, and wakes in the middle of a
 * cleanup: it removes nothing more. The time of a takeover is short here, and passes whenever
 * somebody waits for the claim.
 */
@SuppressWarnings("NullAway.Init") // made before each test
class StallTest {
  private static final ModelName MODEL = ModelName.of("alpha");
  private static final CommitId FIRST = Pictures.commit(1);
  private static final CommitId THROWN_AWAY = Pictures.commit(2);
  private static final CommitId CURRENT = Pictures.commit(3);
  private static final ClaimTimes SHORT =
      new ClaimTimes(Duration.ofMillis(5), Duration.ofMillis(20));

  private final FaultyCalls calls = new FaultyCalls(new LinuxCalls());
  private final Pictures wanted = new Pictures();
  private Path directory;
  private ModelStore store;
  private int looks;

  /** Something that happens while the janitor stands still. */
  private interface Meanwhile {
    void happens() throws Exception;
  }

  @BeforeEach
  void make() throws Exception {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "stall-")
            : Files.createTempDirectory("stall-");
    wanted.wish(MODEL.value(), false, null, 1);
    open("before");
    try (Claims claims = store.claims("before", SHORT)) {
      Shelf shelf = new Shelf(store, claims);
      PublishedVersions published = new PublishedVersions(store);
      published.publish(shelf, MODEL, FIRST, new long[] {1});
      published.publish(shelf, MODEL, THROWN_AWAY, new long[] {2});
      published.publish(shelf, MODEL, CURRENT, new long[] {3});
      KillTest.throwAwayLongAgo(shelf, THROWN_AWAY);
    }
    Path loose = Files.write(store.layout().janitor().resolve("part"), new byte[3 << 20]);
    var digests = io.modeldepot.store.blob.Digests.of(new LinuxCalls(), loose);
    store.blobs().keep(loose, digests.sha256(), digests.sizeBytes());
    Files.delete(loose);
    Path stranger = Files.createDirectories(store.layout().tree(MODEL, Pictures.commit(9)));
    Files.setLastModifiedTime(stranger, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
  }

  @AfterEach
  void remove() throws IOException {
    calls.heal();
    DirectoryTree.remove(new LinuxCalls(), directory);
  }

  @Test
  void whoWakesAfterATakeoverRemovesNothingMore() throws Exception {
    copy("counted");
    Plan whole = plan();
    assertThat(whole.items())
        .extracting(Item::kind)
        .contains(Item.Kind.BLOB, Item.Kind.TRASH, Item.Kind.VERSION, Item.Kind.STRANGER);
    List<Outcome> outcomes = apply(whole, () -> {});
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Gone.class);
    int all = looks;
    assertThat(all).isGreaterThan(4);

    for (int at = 1; at <= all; at++) {
      copy("stalled-" + at);
      Plan plan = plan();
      int moment = at;
      TreeSet<String> then = new TreeSet<>();
      try (Claims other = store.claims("other", SHORT)) {
        assertThatThrownBy(
                () ->
                    apply(
                        plan,
                        () -> {
                          if (looks == moment) {
                            takeOver(other, store.janitorClaim());
                            then.addAll(paths());
                          }
                        }))
            .as("at look %d of %d", at, all)
            .isInstanceOf(ClaimLost.class);
        assertThat(paths()).as("after look %d of %d", at, all).isEqualTo(then);
      }
      assertThat(store.invariants().brokenAtAnyMoment()).isEmpty();
    }
  }

  @Test
  void whatIsBroughtBackWhileItIsAboutToBeDestroyedIsNot() throws Exception {
    copy("stalled");
    TrashEntry entry = store.trash().list().getFirst();
    Plan trash = plan(CleanupScope.TRASH);
    assertThat(trash.items()).hasSize(1);
    try (Claims other = store.claims("other", SHORT)) {
      // The last thing before it goes: everything was looked at, and now the process stands still.
      calls.fail(
          (made, name, path) -> {
            if (name.equals("rename") && path.toString().contains("/scratch/")) {
              calls.heal();
              bringBack(other, entry);
            }
            return Optional.empty();
          });

      assertThatThrownBy(() -> apply(trash, () -> {})).isInstanceOf(ClaimLost.class);
    }

    assertThat(store.versions().commits(MODEL)).contains(THROWN_AWAY);
    assertThat(store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void whatBecameCurrentWhileTheJanitorStoodStillStays() throws Exception {
    boolean stood = true;
    for (int at = 1; stood; at++) {
      copy("current-" + at);
      Plan plan = plan(CleanupScope.VERSIONS);
      assertThat(plan.items()).extracting(item -> item.commit().orElseThrow()).contains(FIRST);
      AtomicInteger reads = new AtomicInteger();
      AtomicBoolean madeCurrent = new AtomicBoolean();
      int moment = at;
      try (Claims other = store.claims("other", SHORT)) {
        calls.fail(
            (made, name, path) -> {
              if (path.endsWith("current.json") && reads.incrementAndGet() == moment) {
                calls.heal();
                madeCurrent.set(isMadeCurrent(other, FIRST));
              }
              return Optional.empty();
            });
        // That the claim is lost, or that paths below it are gone; anything else were a fault.
        assertThatCode(() -> apply(plan, () -> {}))
            .satisfiesAnyOf(
                thrown -> assertThat(thrown).isNull(),
                thrown -> assertThat(thrown).isInstanceOf(IOException.class));
        stood = madeCurrent.get();
        calls.heal();
      }
      if (stood) {
        assertThat(store.versions().current(MODEL).flatMap(Current::commit)).contains(FIRST);
        assertThat(store.versions().commits(MODEL)).contains(FIRST);
      } else {
        assertThat(at).as("moments at which it stood still").isGreaterThan(2);
      }
    }
  }

  /** False once it is gone. */
  private boolean isMadeCurrent(Claims other, CommitId commit) {
    try {
      Claim claim = other.await(store.claimPlace(MODEL), Duration.ofSeconds(10)).orElseThrow();
      boolean there = store.versions().manifest(MODEL, commit).isPresent();
      if (there) {
        var unused = store.publisher().makeCurrent(claim, MODEL, commit, 0);
      }
      claim.close();
      return there;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoStoodStillHearsEverythingAgainBeforeABlobGoes() throws Exception {
    AtomicLong nanos = new AtomicLong();
    try (Claims claims = store.claims("janitor", SHORT)) {
      Shelf shelf = KilledMain.asJanitor(new Shelf(store, claims));
      Moment moment =
          new Moment(
              shelf, site(() -> {}), new ClockWatch(System::nanoTime, Instant::now), nanos::get);
      moment.look();
      assertThat(looks).isEqualTo(1);

      assertThat(moment.lookIfStale()).isFalse();
      nanos.addAndGet(Moment.GOOD_FOR.toNanos() + 1);
      assertThat(moment.lookIfStale()).isTrue();

      assertThat(looks).isEqualTo(2);
      try (Claims other = store.claims("other", SHORT)) {
        takeOver(other, store.janitorClaim());
        assertThatThrownBy(moment::lookIfStale).isInstanceOf(ClaimLost.class);
      }
    }
  }

  private void bringBack(Claims other, TrashEntry entry) {
    try {
      // Not as the janitor: whoever brings versions back needs the claim of the model alone.
      Claim claim = other.await(store.claimPlace(MODEL), Duration.ofSeconds(10)).orElseThrow();
      assertThat(store.trash().undo(claim, entry, 0)).isEqualTo(Trash.Undone.BACK);
      claim.close();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void takeOver(Claims other, Path place) throws Exception {
    Claim claim = other.await(place, Duration.ofSeconds(10)).orElseThrow();
    assertThat(claim.stillHeld()).isTrue();
  }

  private List<Outcome> apply(Plan plan, Meanwhile atEachLook) throws Exception {
    looks = 0;
    try (Claims claims = store.claims("janitor", SHORT)) {
      return new Applier(
              KilledMain.asJanitor(new Shelf(store, claims)),
              site(atEachLook),
              (topic, key, payload) -> {},
              new ClockWatch(System::nanoTime, Instant::now),
              plan,
              RequestId.of("job"),
              Duration.ofSeconds(5))
          .apply(progress -> {});
    }
  }

  private KnownSite site(Meanwhile atEachLook) {
    return new KnownSite() {
      @Override
      public Site site() {
        return new Site(
            Pictures.HERE,
            wanted.wishes,
            wanted.placements,
            wanted.uses,
            wanted.hosts,
            wanted.settings,
            Instant.now());
      }

      @Override
      public long generation(ModelName model) {
        return 0;
      }

      @Override
      public void requireUpToDate() {
        looks++;
        try {
          atEachLook.happens();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  private Plan plan(CleanupScope... scopes) throws IOException {
    CleanupScope[] asked =
        scopes.length > 0
            ? scopes
            : new CleanupScope[] {
              CleanupScope.CACHE, CleanupScope.TRASH, CleanupScope.VERSIONS, CleanupScope.FOREIGN
            };
    return Planner.plan(
        new Picture(store.surveyor().look(), site(() -> {}).site(), List.of(), Map.of()),
        Pictures.order(Optional.empty(), asked),
        Pictures.command(),
        RequestId.of("job"));
  }

  private void open(String name) throws IOException {
    Path root = directory.resolve(name);
    if (!Files.exists(root)) {
      var unused = ModelStore.setUp(root, LocationName.of("default"));
    }
    store = ModelStore.open(root, Optional.empty(), Clock.systemUTC(), calls);
  }

  /** Another volume as it was before, with the stamps that it had. */
  private void copy(String name) throws IOException {
    Path root = directory.resolve(name);
    Trace.copyVolume(new LinuxCalls(), directory.resolve("before"), root);
    for (DirectoryTree.Entry entry :
        DirectoryTree.walk(new LinuxCalls(), directory.resolve("before"))) {
      if (entry.stat().isFile() || entry.stat().isDirectory()) {
        Files.setLastModifiedTime(
            root.resolve(entry.path()), FileTime.from(entry.stat().modifiedAt()));
      }
    }
    open(name);
  }

  /** Every name on the volume but those of claims and of notes. */
  private TreeSet<String> paths() throws IOException {
    TreeSet<String> paths = new TreeSet<>();
    for (DirectoryTree.Entry entry : DirectoryTree.walk(new LinuxCalls(), store.layout().root())) {
      if (!entry.path().contains("/.claim") && !entry.path().startsWith(".depot/janitor")) {
        paths.add(entry.path());
      }
    }
    return paths;
  }
}
