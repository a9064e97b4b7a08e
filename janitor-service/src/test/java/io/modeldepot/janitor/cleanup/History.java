package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.volume.call.DirectoryTree;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** One history: the volume, what everybody wants, and what must therefore be there. */
final class History implements AutoCloseable {
  private static final List<String> MODELS = List.of("alpha", "beta", "gamma");
  private static final int CONTENTS = 5;

  private final Random random;
  private final FaultyCalls calls = new FaultyCalls(new LinuxCalls());
  private final ModelStore store;
  private final PublishedVersions published;
  private final Pictures wanted = new Pictures();
  private final Map<String, CommitId> leased = new HashMap<>();
  private final Downloads downloads;
  private Shelf shelf;
  private int number;
  private int jobs;
  private int holders;

  History(Path root, long seed) throws IOException, InterruptedException {
    this.random = new Random(seed);
    var unused = ModelStore.setUp(root, LocationName.of("default"));
    this.store = ModelStore.open(root, Optional.empty(), Clock.systemUTC(), calls);
    this.shelf = shelf();
    this.published = new PublishedVersions(store);
    this.downloads = new Downloads(store, published);
    MODELS.forEach(model -> wanted.wish(model, false, null, 1));
  }

  /** A new process: the one before is dead, and nobody waits long for it. */
  private Shelf shelf() throws IOException, InterruptedException {
    return KilledMain.asJanitor(
        new Shelf(
            store,
            store.claims(
                "janitor-" + ++holders,
                new ClaimTimes(Duration.ofMillis(5), Duration.ofMillis(20)))));
  }

  /** Something happens; says what. */
  String step() throws Exception {
    return switch (random.nextInt(15)) {
      case 0, 1, 2 -> publishOne();
      case 3 -> rollBack();
      case 4 -> wish();
      case 5 -> use();
      case 6, 7 -> cleanUp(true);
      case 8 -> undo();
      case 10, 11, 12 -> download();
      case 13, 14 -> goOnDownloading();
      default -> age();
    };
  }

  String publishOne() throws IOException, InterruptedException {
    String model = any(MODELS);
    int one = ++number;
    long[] contents = random.longs(1 + random.nextInt(3), 0, CONTENTS).distinct().toArray();
    published.publish(shelf, ModelName.of(model), Pictures.commit(one), contents);
    return "published " + model + " " + one;
  }

  private String download() throws IOException, InterruptedException {
    String model = any(MODELS);
    int one = ++number;
    // Some of it nobody has ever brought before.
    long[] contents = random.longs(1 + random.nextInt(3), 0, 2 * CONTENTS).distinct().toArray();
    RequestId id = downloads.begin(ModelName.of(model), Pictures.commit(one), contents);
    return "began " + id + " of " + model + " " + one;
  }

  private String goOnDownloading() throws IOException, InterruptedException {
    if (!downloads.areThere()) {
      return "nothing is downloaded";
    }
    RequestId id = downloads.oldest();
    switch (random.nextInt(3)) {
      case 0 -> downloads.die(id);
      case 1 -> downloads.end(id, DownloadState.FAILED);
      default -> downloads.publish(id, shelf);
    }
    return "went on with " + id;
  }

  private String rollBack() throws IOException, InterruptedException {
    ModelName model = ModelName.of(any(MODELS));
    List<CommitId> commits = store.versions().commits(model);
    if (commits.isEmpty()) {
      return "nothing to roll back";
    }
    CommitId commit = any(commits);
    shelf.underClaim(
        model,
        Duration.ofSeconds(5),
        claim -> store.publisher().makeCurrent(claim, model, commit, 0));
    return "rolled back " + model + " to " + commit;
  }

  private String wish() throws IOException, InterruptedException {
    String name = any(MODELS);
    ModelName model = ModelName.of(name);
    List<CommitId> commits = store.versions().commits(model);
    boolean active = random.nextBoolean();
    CommitId pin = commits.isEmpty() || random.nextBoolean() ? null : any(commits);
    wanted.wish(name, active, pin, 1 + random.nextInt(3));
    shelf.underClaim(
        model,
        Duration.ofSeconds(5),
        claim -> {
          if (active) {
            var unused = store.publisher().activate(claim, model);
          } else {
            store.publisher().deactivate(claim, model);
          }
          return model;
        });
    return "wished " + name + " active " + active + " pinned to " + pin;
  }

  private String use() throws IOException {
    String name = any(MODELS);
    List<CommitId> commits = store.versions().commits(ModelName.of(name));
    if (random.nextBoolean() || commits.isEmpty()) {
      wanted.placements.clear();
      wanted.uses.clear();
      leased.clear();
      return "nobody uses anything";
    }
    CommitId commit = any(commits);
    int asNumber = Integer.parseInt(commit.value().substring(0, 8), 16);
    if (random.nextBoolean()) {
      wanted.placed(name, asNumber);
      return "placed " + name + " " + asNumber;
    }
    leased.put(name, commit);
    wanted.used(
        name, asNumber, UseKind.LEASE, Instant.now(), Instant.now().plus(Duration.ofHours(1)));
    return "leased " + name + " " + asNumber;
  }

  /** A cleanup, stopped anywhere and gone on with by the next process, perhaps several times. */
  String cleanUp(boolean mayFail) throws Exception {
    RequestId job = RequestId.of("job-" + ++jobs);
    Map<ModelName, Set<CommitId>> before = needed();
    Plan plan = Planner.plan(picture(), order(), Pictures.command(), job);
    boolean done = false;
    for (int attempt = 0; !done; attempt++) {
      if (mayFail && attempt < 3 && random.nextBoolean()) {
        calls.failOnce(random.nextInt(60), any(List.of(Errno.EIO, Errno.ENOSPC, Errno.ESTALE)));
      }
      try {
        var unused =
            new Applier(
                    shelf,
                    site(),
                    (topic, key, payload) -> {},
                    new ClockWatch(System::nanoTime, Instant::now),
                    plan,
                    job,
                    Duration.ofSeconds(5))
                .apply(progress -> {});
        done = true;
      } catch (IOException e) {
        // The process dies with what it holds; another one goes on.
        calls.heal();
        shelf = shelf();
      }
      calls.heal();
    }
    for (Map.Entry<ModelName, Set<CommitId>> model : before.entrySet()) {
      if (!store.versions().commits(model.getKey()).containsAll(model.getValue())) {
        throw new AssertionError(plan.items() + " took what was needed: " + model);
      }
    }
    return "cleaned up " + plan.items().size() + " things";
  }

  private Order order() {
    Set<CleanupScope> scopes =
        EnumSet.of(CleanupScope.VERSIONS, CleanupScope.UNUSED, CleanupScope.CACHE);
    if (random.nextBoolean()) {
      scopes.add(CleanupScope.TRASH);
      scopes.add(CleanupScope.PARTIALS);
      scopes.add(CleanupScope.FOREIGN);
    }
    return new Order(
        scopes,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(random.nextInt(3)),
        Optional.empty(),
        Duration.ofHours(72),
        Order.UNCUT,
        random.nextInt(4) == 0 ? Duration.ZERO : Duration.ofDays(60),
        0,
        Optional.empty(),
        RemovalReason.COMMAND);
  }

  private String undo() throws IOException, InterruptedException {
    List<TrashEntry> entries = store.trash().list();
    if (entries.isEmpty()) {
      return "nothing to undo";
    }
    TrashEntry entry = any(entries);
    if (entry.note().model().isEmpty()) {
      var unused = store.trash().undo(entry);
      return "brought back " + entry.note().from();
    }
    ModelName model = entry.note().model().orElseThrow();
    var unused =
        shelf.underClaim(
            model, Duration.ofSeconds(5), claim -> store.trash().undo(claim, entry, 0));
    return "brought back " + entry.name();
  }

  /** Four days pass for what is in the trash. */
  private String age() throws IOException {
    Instant then = Instant.now().minus(Duration.ofDays(4));
    for (TrashEntry entry : store.trash().list()) {
      Files.setLastModifiedTime(
          store.layout().trash().resolve(entry.name()).resolve("entry.json"), FileTime.from(then));
    }
    downloads.age();
    return "four days later, and more for what downloads left";
  }

  /** Versions that somebody needs, by everybody's own word. */
  private Map<ModelName, Set<CommitId>> needed() throws IOException {
    Map<ModelName, Set<CommitId>> needed = new TreeMap<>();
    for (String name : MODELS) {
      ModelName model = ModelName.of(name);
      Set<CommitId> commits = new java.util.HashSet<>();
      Optional<CommitId> current = store.versions().current(model).flatMap(Current::commit);
      var wish = java.util.Objects.requireNonNull(wanted.wishes.get(model));
      if (wish.active()) {
        current.ifPresent(commits::add);
      }
      wish.pin().ifPresent(commits::add);
      Optional.ofNullable(wanted.placements.get(model))
          .flatMap(it -> it.commit())
          .ifPresent(commits::add);
      Optional.ofNullable(leased.get(name)).ifPresent(commits::add);
      commits.retainAll(store.versions().commits(model));
      needed.put(model, commits);
    }
    return needed;
  }

  /** What is needed and not there: of every version that was published its bytes, or its trash. */
  List<String> missing() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String name : MODELS) {
      ModelName model = ModelName.of(name);
      for (String lost : published.lost(model)) {
        missing.add(lost);
      }
    }
    missing.addAll(downloads.lost());
    return missing;
  }

  List<String> broken() throws IOException {
    return store.invariants().brokenAtAnyMoment();
  }

  void beginOne() throws IOException, InterruptedException {
    String unused = download();
  }

  void loseAPart() throws IOException {
    try (var files = Files.walk(store.layout().downloads())) {
      Files.delete(files.filter(it -> it.toString().contains("/parts/")).findFirst().orElseThrow());
    }
  }

  void loseAManifest() throws IOException {
    for (String name : MODELS) {
      for (CommitId commit : store.versions().commits(ModelName.of(name))) {
        Files.delete(store.layout().manifest(ModelName.of(name), commit));
        return;
      }
    }
  }

  /** Nobody wants anything any more; everything is cleaned up, and time passes. */
  void wantNothing() throws Exception {
    downloads.endAll();
    for (String name : MODELS) {
      wanted.wish(name, false, null, 1);
      ModelName model = ModelName.of(name);
      shelf.underClaim(
          model,
          Duration.ofSeconds(5),
          claim -> {
            store.publisher().deactivate(claim, model);
            return model;
          });
    }
    wanted.placements.clear();
    wanted.uses.clear();
    leased.clear();
    Order everything =
        new Order(
            EnumSet.allOf(CleanupScope.class).stream()
                .filter(it -> it != CleanupScope.MODEL)
                .collect(java.util.stream.Collectors.toSet()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofHours(72),
            Order.UNCUT,
            Duration.ZERO,
            0,
            Optional.empty(),
            RemovalReason.COMMAND);
    for (int round = 0; round < 3; round++) {
      RequestId job = RequestId.of("last-" + round);
      Plan plan = Planner.plan(picture(), everything, Pictures.command(), job);
      var unused =
          new Applier(
                  shelf,
                  site(),
                  (topic, key, payload) -> {},
                  new ClockWatch(System::nanoTime, Instant::now),
                  plan,
                  job,
                  Duration.ofSeconds(5))
              .apply(progress -> {});
      String unusedToo = age();
      published.agedBlobs();
    }
  }

  /** What is left when nobody wants anything. */
  List<String> left() throws IOException {
    Survey survey = store.surveyor().look();
    List<String> left = new ArrayList<>();
    survey.versions().forEach(it -> left.add(it.shown()));
    for (Survey.Blob blob : survey.blobs()) {
      left.add("blob " + blob.digest() + " as " + names(blob));
    }
    survey.trash().forEach(it -> left.add("trash " + it.name()));
    survey.jobs().stream()
        .filter(Survey.Job::claimed)
        .forEach(it -> left.add("what was left of " + it.id()));
    return left;
  }

  /** Every name of a blob's content. */
  private List<String> names(Survey.Blob blob) throws IOException {
    List<String> names = new ArrayList<>();
    for (DirectoryTree.Entry entry :
        DirectoryTree.walk(store.volume().calls(), store.layout().root())) {
      if (entry.stat().sameFileAs(blob.stat())) {
        names.add(entry.path());
      }
    }
    return names;
  }

  private Picture picture() throws IOException {
    return new Picture(
        store.surveyor().look(), site().site(), References.backups(store), java.util.Map.of());
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
        // Nobody is told anything but by this history.
      }
    };
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @Override
  public void close() throws IOException {
    shelf.claims().close();
  }
}
