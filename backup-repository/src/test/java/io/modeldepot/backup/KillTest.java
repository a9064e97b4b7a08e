package io.modeldepot.backup;

import static io.modeldepot.backup.Depot.FIRST;
import static io.modeldepot.backup.Depot.LLAMA;
import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static io.modeldepot.backup.Depot.bf16;
import static io.modeldepot.backup.Depot.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that backs up, prunes or restores is killed by {@code kill -9} at some of its calls of
 * the file system, chosen at random; another process, which finds the lock and the claims of the
 * dead one, comes to a clean end. A seed that failed is run again by {@code -Ddepot.seed=…}; more
 * kills by {@code -Ddepot.kills=…}.
 */
@SuppressWarnings("NullAway.Init") // set before each test
final class KillTest {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int KILLED = 137;

  private final FileCalls calls = new LinuxCalls();
  private Path directory;
  private Depot depot;
  private Path repository;

  @BeforeEach
  void open() throws Exception {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "backup-kills-")
            : Files.createTempDirectory("backup-kills-");
    depot = new Depot(directory.resolve("depot"));
    repository = Files.createDirectory(directory.resolve("backups"));
    DirectoryStorage storage = new DirectoryStorage(repository);
    Repository unused = Repository.create(storage, Optional.empty(), Depot.CLOCK);
    depot.publish(LLAMA, "llama", FIRST, files("config.json", "{\"a\":1}", "w.bin", weights(1)));
    depot.publish(PHI, "phi", FIRST, files("config.json", "{\"p\":1}", "w.bin", weights(2)));
    var first = Backups.make(depot, storage, 0);
    DirectoryTree.remove(calls, depot.store.layout().tree(PHI, FIRST));
    calls.unlink(depot.store.layout().manifest(PHI, FIRST));
    depot.publish(PHI, "phi", SECOND, files("config.json", "{\"p\":2}", "w.bin", weights(3)));
    var second = Backups.make(depot, storage, 1);
    assertThat(Backups.prune(storage, 2).packsWaiting()).isPositive();
    depot.publish(LLAMA, "llama", SECOND, files("config.json", "{\"a\":2}", "w.bin", weights(4)));
    assertThat(first.versions()).hasSameSizeAs(second.versions());
  }

  @AfterEach
  void close() throws IOException {
    depot.close();
    DirectoryTree.remove(calls, directory);
  }

  @ParameterizedTest
  @EnumSource
  void whoeverComesNextFinishesIt(KilledMain.Work work) throws Exception {
    long seed = Long.getLong("depot.seed", new Random().nextLong());
    System.out.println("depot.seed=" + seed);
    Random random = new Random(seed);
    Place whole = new Place("whole", work);
    int calls = whole.callsOf(work);
    Map<String, String> wanted = whole.content(work);
    assertThat(calls).isGreaterThan(20);

    for (int kill = 0; kill < Integer.getInteger("depot.kills", 1); kill++) {
      int at = random.nextInt(calls);
      String moment = "seed " + seed + ": " + work + " killed at call " + at + " of " + calls;
      Place place = new Place("killed-" + kill, work);
      End killed = place.run(work, at);
      assertThat(killed.status()).as("%s: %s", moment, killed.output()).isEqualTo(KILLED);
      place.assertHolds(moment);

      End next = place.run(work, NEVER);

      assertThat(next.status()).as("%s, then: %s", moment, next.output()).isZero();
      place.assertHolds(moment + ", then finished");
      assertThat(place.content(work)).as(moment).isEqualTo(wanted);
      place.remove();
    }
  }

  /** How a process ended, and what it wrote. */
  private record End(int status, String output) {}

  /** A volume, a repository and a directory elsewhere, of one process after the other. */
  private final class Place {
    private final Path root;

    Place(String name, KilledMain.Work work) throws IOException {
      this.root = Files.createDirectory(directory.resolve(name));
      if (work == KilledMain.Work.BACKUP || work == KilledMain.Work.BUNDLE) {
        Trace.copyVolume(calls, depot.store.layout().root(), root.resolve("volume"));
      } else {
        new Depot(root.resolve("volume")).close();
      }
      Trace.copyVolume(calls, repository, root.resolve("backups"));
      if (work == KilledMain.Work.BUNDLE_IMPORT) {
        var unused =
            Bundles.make(
                depot.store, root.resolve("elsewhere"), Optional.empty(), Optional.empty());
      } else {
        Files.createDirectory(root.resolve("elsewhere"));
      }
    }

    /** Does it in this process, and says how many calls that took. */
    int callsOf(KilledMain.Work work) throws IOException, InterruptedException {
      FaultyCalls counting = new FaultyCalls(calls);
      ModelStore store =
          ModelStore.open(root.resolve("volume"), Optional.empty(), Depot.CLOCK, counting);
      counting.heal();
      work.run(
          store,
          new DirectoryStorage(root.resolve("backups"), counting),
          root.resolve("elsewhere"),
          counting);
      return counting.made();
    }

    End run(KilledMain.Work work, int at) throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  KilledMain.class.getName(),
                  work.name(),
                  root.resolve("volume").toString(),
                  root.resolve("backups").toString(),
                  root.resolve("elsewhere").toString(),
                  Integer.toString(at))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new End(process.waitFor(), said);
    }

    void assertHolds(String moment) throws IOException {
      Backups.assertWhole(new DirectoryStorage(root.resolve("backups")), moment);
      ModelStore store =
          ModelStore.open(root.resolve("volume"), Optional.empty(), Depot.CLOCK, calls);
      assertThat(store.invariants().brokenAtAnyMoment()).as(moment).isEmpty();
    }

    /** What is to be there in the end: of versions the bytes, of backups what they have. */
    Map<String, String> content(KilledMain.Work work) throws IOException {
      return switch (work) {
        case BACKUP, PRUNE -> {
          DirectoryStorage storage = new DirectoryStorage(root.resolve("backups"));
          assertThat(storage.list("locks")).isEmpty();
          yield Map.of(
              "versions", Backups.latest(storage).versions().toString(),
              "contents", Backups.latest(storage).contents().toString());
        }
        case RESTORE, BUNDLE_IMPORT -> Depot.everythingAt(root.resolve("volume"));
        case BUNDLE -> Depot.filesBelow(root.resolve("elsewhere"));
        case RESTORE_ELSEWHERE -> {
          Map<String, String> files = Depot.filesBelow(root.resolve("elsewhere"));
          files.keySet().removeIf(path -> path.contains(".new-"));
          yield files;
        }
      };
    }

    void remove() throws IOException {
      DirectoryTree.remove(calls, root);
    }
  }

  private static byte[] weights(long seed) {
    return bf16((1 << 20) + 2, seed);
  }
}
