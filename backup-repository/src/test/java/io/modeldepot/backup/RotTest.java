package io.modeldepot.backup;

import static io.modeldepot.backup.Depot.FIRST;
import static io.modeldepot.backup.Depot.LLAMA;
import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static io.modeldepot.backup.Depot.bf16;
import static io.modeldepot.backup.Depot.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.keep.Check;
import io.modeldepot.backup.keep.Depth;
import io.modeldepot.backup.keep.Pins;
import io.modeldepot.backup.keep.Prune;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.restore.TreeRestore;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.seal.OperatorKey;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bits are flipped at random, and ends are cut off, in every kind of object of a repository, one at
 * a time. A check that reads everything names the object; whatever is restored meanwhile is what it
 * was, and what cannot be is named. A seed that failed is run again by {@code -Ddepot.seed=…}; more
 * of them by {@code -Ddepot.seeds=…}.
 */
@SuppressWarnings("NullAway.Init") // set before each test
final class RotTest {
  /** So often is each kind of object damaged. */
  private static final int TIMES = 8;

  private static final Optional<OperatorKey> KEY = Optional.of(OperatorKey.of(new byte[32]));

  private final FileCalls calls = new LinuxCalls();
  private Path directory;
  private Path place;
  private DirectoryStorage storage;
  private Depot depot;

  static Stream<Arguments> seeds() {
    Long given = Long.getLong("depot.seed");
    Stream<Long> seeds =
        given == null
            ? new Random().longs(Integer.getInteger("depot.seeds", 1)).boxed()
            : Stream.of(given);
    return seeds.flatMap(
        seed -> Stream.of(Arguments.of(seed, Optional.empty()), Arguments.of(seed, KEY)));
  }

  @BeforeEach
  void open() throws Exception {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "backup-rot-")
            : Files.createTempDirectory("backup-rot-");
    depot = new Depot(directory.resolve("depot"));
    place = Files.createDirectory(directory.resolve("backups"));
    storage = new DirectoryStorage(place);
  }

  @AfterEach
  void close() throws IOException {
    depot.close();
    DirectoryTree.remove(calls, directory);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsDamagedIsNamedAndNothingWrongIsRestored(long seed, Optional<OperatorKey> key)
      throws Exception {
    System.out.println("depot.seed=" + seed);
    Random random = new Random(seed);
    fill(key);
    Map<String, Map<String, String>> whole = new HashMap<>();
    for (Snapshots.Named named : Repository.open(storage, key).snapshots().list()) {
      whole.put(named.id(), restored(key, named.id(), new ArrayList<>()));
    }
    assertThat(whole).hasSize(2);
    Map<String, List<String>> kinds = kinds();
    assertThat(kinds.keySet())
        .contains("config.json", "data", "index", "snapshots", "pins", "obsolete")
        .hasSize(key.isPresent() ? 7 : 6);

    for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
      for (int time = 0; time < TIMES; time++) {
        String object = kind.getValue().get(random.nextInt(kind.getValue().size()));
        byte[] good = Files.readAllBytes(place.resolve(object));
        byte[] bad = random.nextInt(4) == 0 ? cut(good, random) : flipped(good, random);
        Files.write(place.resolve(object), bad);
        String moment = "seed " + seed + ", sealed " + key.isPresent() + ": " + object;

        assertThat(found(key)).as(moment).anySatisfy(it -> assertThat(it).contains(object));
        for (Map.Entry<String, Map<String, String>> snapshot : whole.entrySet()) {
          List<String> refused = new ArrayList<>();
          Map<String, String> there = restored(key, snapshot.getKey(), refused);
          if (kind.getKey().equals("index")) {
            assertThat(refused).as("%s: an index is only a cache", moment).isEmpty();
          }
          if (refused.isEmpty()) {
            assertThat(there).as(moment).isEqualTo(snapshot.getValue());
          } else {
            assertThat(refused).as(moment).allMatch(it -> it.contains(object));
            assertThat(snapshot.getValue()).as(moment).containsAllEntriesOf(there);
          }
        }
        Files.write(place.resolve(object), good);
      }
    }
    assertThat(found(key)).as("all is as it was").isEmpty();
  }

  /** Two backups, one of them pinned, with the registry's data, and a pack that nobody needs. */
  private void fill(Optional<OperatorKey> key) throws Exception {
    Repository repository = Repository.create(storage, key, Depot.CLOCK);
    depot.publish(PHI, "phi", SECOND, files("config.json", "{\"p\":9}", "old.bin", weights(9)));
    Snapshot unneeded = backup(repository, 0);
    DirectoryTree.remove(calls, depot.store.layout().model(PHI));
    DirectoryTree.remove(calls, depot.store.layout().models().resolve("phi"));
    depot.publish(LLAMA, "llama", FIRST, files("config.json", "{\"a\":1}", "w.bin", weights(1)));
    depot.publish(PHI, "phi", FIRST, files("config.json", "{\"p\":1}", "w.bin", weights(2)));
    Snapshot pinned = backup(repository, 1);
    depot.publish(LLAMA, "llama", SECOND, files("config.json", "{\"a\":2}", "w.bin", weights(1)));
    Snapshot newest = backup(repository, 2);
    new Pins(repository).pin(pinned.id(), "before the upgrade", "test", Depot.NOW);
    var report =
        new Prune(repository, Backups.at(3))
            .run(Backups.NEWEST, "test-1", RepositoryLock.Times.USUAL);
    assertThat(report.packsWaiting()).isPositive();
    assertThat(unneeded.id()).isNotEqualTo(newest.id());
  }

  private Snapshot backup(Repository repository, int hours) throws Exception {
    BackupOrder order =
        new BackupOrder(Scope.all(), Optional.empty(), "test-1", 1, RepositoryLock.Times.USUAL);
    return new Backup(depot.store, repository, Backups.at(hours))
        .run(
            order,
            out -> {
              out.write(("{\"row\":" + hours + "}\n").getBytes(StandardCharsets.UTF_8));
              return new RegistryData.AuditHead(hours, "ff");
            },
            Watcher.none());
  }

  /** Every object of the repository, by its folder. */
  private Map<String, List<String>> kinds() throws IOException {
    Map<String, List<String>> kinds = new TreeMap<>();
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, place)) {
      if (entry.stat().isFile()) {
        kinds
            .computeIfAbsent(entry.path().replaceAll("/.*", ""), folder -> new ArrayList<>())
            .add(entry.path());
      }
    }
    return kinds;
  }

  /** What a check says, also where it cannot even begin. */
  private List<String> found(Optional<OperatorKey> key) throws IOException {
    try {
      return new Check(Repository.open(storage, key)).run(Depth.DATA, Watcher.none()).findings();
    } catch (DamagedObject e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** What a restore of a backup brings, every file whose version has its manifest. */
  private Map<String, String> restored(
      Optional<OperatorKey> key, String snapshotId, List<String> refused) throws Exception {
    Path root = Files.createDirectory(directory.resolve("restored"));
    try {
      Repository repository = Repository.open(storage, key);
      Snapshots snapshots = repository.snapshots();
      RestoreReport report =
          new TreeRestore(calls, root, repository)
              .run(snapshots.read(snapshots.find(snapshotId)), Scope.all(), 1, Watcher.none());
      report.failed().forEach(it -> refused.add(it.why()));
    } catch (DamagedObject e) {
      refused.add(String.valueOf(e.getMessage()));
    }
    Map<String, String> all = Depot.filesBelow(root);
    Map<String, String> there = new TreeMap<>(all);
    there
        .keySet()
        .removeIf(
            path -> !all.containsKey(path.replaceAll("^([^/]+/[^/.]+)(/.*|\\.json)$", "$1.json")));
    DirectoryTree.remove(calls, root);
    return there;
  }

  private static byte[] flipped(byte[] good, Random random) {
    byte[] bad = good.clone();
    bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
    return bad;
  }

  private static byte[] cut(byte[] good, Random random) {
    return Arrays.copyOf(good, random.nextInt(good.length));
  }

  private static byte[] weights(long seed) {
    return bf16((1 << 20) + 2, seed);
  }
}
