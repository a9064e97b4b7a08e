package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.trash.TrashEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that cleans up is killed by {@code kill -9} at every so many of its calls of the file
 * system; another process goes on with the same plan. Nothing that stays is touched, and what goes
 * is gone in the end.
 */
class KillTest {
  private static final ModelName MODEL = ModelName.of("alpha");
  private static final CommitId STAYS = Pictures.commit(3);

  /** So many kills; more would say the same again. */
  private static final int KILLS = 24;

  /** A site at which nobody wants anything. */
  static final KnownSite NOBODY =
      new KnownSite() {
        @Override
        public Site site() {
          Pictures wanted = new Pictures();
          wanted.wish(MODEL.value(), false, null, 1);
          return new Site(
              Pictures.HERE,
              wanted.wishes,
              Map.of(),
              List.of(),
              List.of(),
              Map.of(),
              Instant.now());
        }

        @Override
        public long generation(ModelName model) {
          return 0;
        }

        @Override
        public void requireUpToDate() {
          // There is nobody who could say anything.
        }
      };

  @TempDir Path directory;

  @Test
  void whoeverComesNextFinishesIt() throws Exception {
    int calls = run(directory.resolve("uninterrupted"), Integer.MAX_VALUE);
    assertThat(calls).isGreaterThan(KILLS);
    for (int kill = 0; kill < KILLS; kill++) {
      int at = kill * calls / KILLS;
      var unused = run(directory.resolve("killed-" + at), at);
    }
  }

  /** Returns how many calls were made, if it was not killed. */
  private static int run(Path root, int at) throws Exception {
    var unused = ModelStore.setUp(root, LocationName.of("default"));
    ModelStore store = ModelStore.open(root);
    Plan plan;
    try (var claims = store.claims("before", KilledMain.TIMES)) {
      Shelf shelf = new Shelf(store, claims);
      PublishedVersions published = new PublishedVersions(store);
      published.publish(shelf, MODEL, Pictures.commit(1), new long[] {1, 2});
      published.publish(shelf, MODEL, Pictures.commit(2), new long[] {2, 3});
      published.publish(shelf, MODEL, STAYS, new long[] {3, 4});
      throwAwayLongAgo(shelf, Pictures.commit(1));
      plan =
          Planner.plan(
              new Picture(store.surveyor().look(), NOBODY.site(), List.of(), Map.of()),
              Pictures.order(Optional.empty(), CleanupScope.VERSIONS, CleanupScope.TRASH),
              Pictures.command(),
              RequestId.of("killed"));
      new PlanBook(store).write(plan);
    }
    assertThat(plan.items()).hasSize(2);

    Process process = child(root, plan, at);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assertThat(status).as("at call %d: %s", at, said).isEqualTo(at == Integer.MAX_VALUE ? 0 : 137);
    assertThat(store.invariants().brokenAtAnyMoment()).as("killed at call %d", at).isEmpty();
    finish(store, plan, at);
    Matcher made = Pattern.compile("calls (\\d+)").matcher(said);
    return made.find() ? Integer.parseInt(made.group(1)) : 0;
  }

  private static void finish(ModelStore store, Plan plan, int at) throws Exception {
    try (var claims = store.claims("next", KilledMain.TIMES)) {
      List<Outcome> outcomes =
          new Applier(
                  KilledMain.asJanitor(new Shelf(store, claims)),
                  NOBODY,
                  (topic, key, payload) -> {},
                  new ClockWatch(System::nanoTime, Instant::now),
                  plan,
                  RequestId.of("killed"),
                  Duration.ofSeconds(10))
              .apply(progress -> {});
      assertThat(outcomes).as("killed at call %d", at).hasOnlyElementsOfType(Outcome.Gone.class);
    }
    assertThat(store.versions().commits(MODEL)).as("call %d", at).containsExactly(STAYS);
    assertThat(store.trash().list()).as("call %d", at).hasSize(1);
    assertThat(store.invariants().brokenAtRest()).as("call %d", at).isEmpty();
  }

  static void throwAwayLongAgo(Shelf shelf, CommitId commit) throws Exception {
    ModelStore store = shelf.store();
    TrashEntry entry =
        shelf.underClaim(
            MODEL,
            Duration.ofSeconds(5),
            claim ->
                store
                    .trash()
                    .take(
                        claim,
                        new io.modeldepot.store.trash.TrashNote(
                            1,
                            io.modeldepot.store.trash.TrashNote.Kind.VERSION,
                            Optional.of(MODEL),
                            Optional.of(commit),
                            false,
                            "versions/" + MODEL + "/" + commit,
                            "for a test",
                            1,
                            3600,
                            RequestId.of("before")),
                        0));
    Files.setLastModifiedTime(
        store.layout().trash().resolve(entry.name()).resolve("entry.json"),
        FileTime.from(Instant.now().minus(Duration.ofDays(3))));
  }

  private static Process child(Path root, Plan plan, int at) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledMain.class.getName(),
            root.toString(),
            plan.id(),
            Integer.toString(at))
        .redirectErrorStream(true)
        .start();
  }
}
