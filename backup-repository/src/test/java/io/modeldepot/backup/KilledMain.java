package io.modeldepot.backup;

import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.restore.TreeRestore;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A process that does one thing with a repository and is killed by SIGKILL at one of its calls. */
final class KilledMain {
  private KilledMain() {}

  /** What it does. */
  enum Work {
    BACKUP,
    PRUNE,
    RESTORE,
    RESTORE_ELSEWHERE,
    BUNDLE,
    BUNDLE_IMPORT;

    void run(ModelStore store, Storage storage, Path elsewhere, FaultyCalls calls)
        throws IOException, InterruptedException {
      Object unused =
          switch (this) {
            case BACKUP -> Backups.make(store, storage, 50);
            case PRUNE -> Backups.prune(storage, 50);
            case RESTORE ->
                Backups.restore(store, open(storage), Backups.latest(storage), Scope.all());
            case RESTORE_ELSEWHERE ->
                new TreeRestore(calls, elsewhere, open(storage))
                    .run(Backups.latest(storage), Scope.all(), 1, Watcher.none());
            case BUNDLE -> Bundles.make(store, elsewhere, Optional.empty(), Optional.empty());
            case BUNDLE_IMPORT -> {
              try (Claims claims = store.claims("test-50")) {
                yield Bundles.take(new Shelf(store, claims), elsewhere, Optional.empty());
              }
            }
          };
    }

    private static Repository open(Storage storage) throws IOException {
      return Repository.open(storage, Optional.empty());
    }
  }

  /** Arguments: what, the volume, the repository, a directory elsewhere, the call's number. */
  public static void main(String[] args) throws Exception {
    int at = Integer.parseInt(args[4]);
    FaultyCalls calls = new FaultyCalls(new LinuxCalls());
    ModelStore store = ModelStore.open(Path.of(args[1]), Optional.empty(), Depot.CLOCK, calls);
    calls.fail(
        (made, call, path) -> {
          if (made == at) {
            die();
          }
          return Optional.empty();
        });
    Work.valueOf(args[0])
        .run(store, new DirectoryStorage(Path.of(args[2]), calls), Path.of(args[3]), calls);
  }

  private static void die() {
    try {
      int unused =
          new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
              .start()
              .waitFor();
      Thread.sleep(Duration.ofMinutes(1));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
