package io.modeldepot.benchmarks.backup;

import io.modeldepot.backup.keep.Check;
import io.modeldepot.backup.keep.CheckReport;
import io.modeldepot.backup.keep.Depth;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.restore.VolumeRestore;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** {@code make bench-backup}: a store saved, saved again with 1 % changed, checked and restored. */
public final class BackupMain {
  private static final long MIB = 1L << 20;
  private static final int SHARDS_PER_GIB = 10;

  private final Path work;
  private final Weights weights = new Weights();
  private final long storeBytes;

  private BackupMain(Path work, long storeBytes) {
    this.work = work;
    this.storeBytes = storeBytes;
  }

  /**
   * @param args {@code mib=N}, how large the store is, 4096; {@code tar=no} leaves out tar -czf
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    long mib = 4096;
    boolean tar = true;
    for (String arg : args) {
      if (arg.startsWith("mib=")) {
        mib = Long.parseLong(arg.substring(4));
      }
      tar &= !arg.equals("tar=no");
    }
    Path root = Path.of(System.getProperty("depot.root", ".")).toAbsolutePath().normalize();
    Path work =
        Files.createTempDirectory(
            Files.createDirectories(root.resolve("benchmarks/target")), "backup-");
    try {
      new BackupMain(work, mib * MIB).run(tar);
    } finally {
      DirectoryTree.remove(new LinuxCalls(), work);
    }
  }

  private void run(boolean tar) throws IOException, InterruptedException {
    say(
        "# Backup of %d MiB of bf16 weights, %s, %d processors, Java %s",
        storeBytes / MIB,
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    ModelStore store = volume("store");
    long shard = storeBytes / (SHARDS_PER_GIB * 10L);
    try (Claims claims = store.claims("bench")) {
      for (int model = 0; model < SHARDS_PER_GIB; model++) {
        adopt(store, claims, "model-" + model, shard, 10, 0);
      }
      String tree = store.layout().models().toString();
      double czf = tar ? tool("tar -czf %s/all.tgz -C %s .".formatted(work, tree)) : Double.NaN;
      double zstd =
          tool("tar -cf - -C %s . | zstd -q -T0 -1 -o %s/all.tar.zst".formatted(tree, work));
      long zstdBytes = Files.size(work.resolve("all.tar.zst"));
      Path place = Files.createDirectory(work.resolve("backups"));
      DirectoryStorage storage = new DirectoryStorage(place);
      Repository repository = Repository.create(storage, Optional.empty(), Clock.systemUTC());
      Snapshot first = backup(store, repository);
      double firstSeconds = first.totals().milliseconds() / 1000.0;
      boolean restic = shell("command -v restic >/dev/null") == 0;
      double resticFirst = restic ? resticBackup(tree, true) : Double.NaN;
      // One shard of a hundred.
      adopt(store, claims, "model-0", shard, 10, 1);
      double resticSecond = restic ? resticBackup(tree, false) : Double.NaN;
      double resticRestore =
          restic
              ? tool(restic() + "restore latest --verify --target " + work + "/again")
              : Double.NaN;
      Snapshot second = backup(store, repository);
      CheckReport check = new Check(repository).run(Depth.DATA, Watcher.none());
      RestoreReport restored = restore(repository, second);
      say("");
      say("| what | seconds | MiB/s | size |");
      say("|---|---|---|---|");
      row("tar -czf", czf, 0);
      row("tar, zstd -T0 -1", zstd, zstdBytes);
      row("restic, first backup", resticFirst, 0);
      row("restic, 1 % changed", resticSecond, 0);
      row("restic, restore and verify", resticRestore, 0);
      row("the depot, first backup", firstSeconds, first.totals().addedBytes());
      row(
          "again, 1 % changed",
          second.totals().milliseconds() / 1000.0, second.totals().addedBytes());
      row("check, everything read", check.milliseconds() / 1000.0, 0);
      row("restore and verify", restored.milliseconds() / 1000.0, 0);
      say("");
      say(
          "tar -czf to the depot: %.1f times; tar with zstd: %.2f times",
          czf / firstSeconds, zstd / firstSeconds);
      say(
          "findings of the check: %d, failures of the restore: %d",
          check.findings().size(), restored.failed().size());
    }
  }

  private String restic() {
    return "RESTIC_PASSWORD=x restic -q -r " + work + "/restic ";
  }

  private double resticBackup(String tree, boolean first) throws IOException, InterruptedException {
    if (first) {
      int unused = shell(restic() + "init");
    }
    return tool(restic() + "backup " + tree);
  }

  private void row(String what, double seconds, long bytes) {
    say(
        "| %s | %.2f | %.0f | %s |",
        what,
        seconds,
        storeBytes / (double) MIB / seconds,
        bytes == 0 ? "" : String.format(Locale.ROOT, "%.3f", bytes / (double) storeBytes));
  }

  private Snapshot backup(ModelStore store, Repository repository)
      throws IOException, InterruptedException {
    return new Backup(store, repository, Clock.systemUTC())
        .run(
            BackupOrder.of(Scope.all(), Optional.empty(), "bench"),
            RegistryData.none("not asked"),
            Watcher.none());
  }

  private RestoreReport restore(Repository repository, Snapshot snapshot)
      throws IOException, InterruptedException {
    ModelStore empty = volume("empty");
    try (Claims claims = empty.claims("bench")) {
      int threads = BackupOrder.of(Scope.all(), Optional.empty(), "bench").threads();
      return new VolumeRestore(new Shelf(empty, claims), repository, model -> 0)
          .run(snapshot, Scope.all(), threads, Watcher.none());
    }
  }

  private ModelStore volume(String name) throws IOException {
    Path root = Files.createDirectory(work.resolve(name));
    var unused = ModelStore.setUp(root, LocationName.of("default"));
    return ModelStore.open(root);
  }

  /** A model of so many shards, of which the first {@code changed} are others than before. */
  private void adopt(
      ModelStore store, Claims claims, String name, long shardBytes, int shards, int changed)
      throws IOException, InterruptedException {
    Path tree = Files.createDirectory(work.resolve("tree"));
    for (int shard = 0; shard < shards; shard++) {
      long seed = (name.hashCode() * 31L + shard) * 7 + (shard < changed ? 1_000_003 : 0);
      weights.write(tree.resolve("model-" + shard + ".safetensors"), shardBytes / 2, seed);
    }
    Files.writeString(tree.resolve("config.json"), "{\"model_type\":\"bench\"}");
    ModelName model = ModelName.of(name);
    Source source =
        new Source(
            SourceKind.ADOPTED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (Claim claim = claims.await(store.claimPlace(model), Duration.ofMinutes(1)).orElseThrow()) {
      var unused =
          store
              .adopter()
              .adopt(
                  claim,
                  new Adopter.Tree(tree, tree, model, FamilyName.of("bench"), source),
                  directory -> Optional.empty(),
                  0,
                  bytes -> {});
    }
    DirectoryTree.remove(new LinuxCalls(), tree);
  }

  private static double tool(String command) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    if (shell(command) != 0) {
      throw new IOException(command + " failed");
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private static int shell(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-o", "pipefail", "-c", command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static void say(String text, Object... values) {
    System.out.println(String.format(Locale.ROOT, text, values));
  }
}
