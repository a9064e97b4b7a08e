package io.modeldepot.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.keep.Check;
import io.modeldepot.backup.keep.Depth;
import io.modeldepot.backup.keep.Prune;
import io.modeldepot.backup.keep.PruneReport;
import io.modeldepot.backup.keep.Retention;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.restore.VolumeRestore;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What is done with backups again and again, one thread each, in an open repository. */
public final class Backups {
  static final ClaimTimes IMPATIENT = new ClaimTimes(Duration.ofMillis(10), Duration.ofMillis(30));
  static final Retention NEWEST = new Retention(1, 0, 0, 0);

  private Backups() {}

  /** So many hours after the volume was filled. */
  static Clock at(int hours) {
    return Clock.fixed(Depot.NOW.plus(Duration.ofHours(hours)), ZoneOffset.UTC);
  }

  /** A backup of everything. */
  public static Snapshot make(Depot depot, Storage storage, int hours)
      throws IOException, InterruptedException {
    return make(depot.store, storage, hours);
  }

  static Snapshot make(ModelStore store, Storage storage, int hours)
      throws IOException, InterruptedException {
    BackupOrder order =
        new BackupOrder(Scope.all(), Optional.empty(), "test-1", 1, RepositoryLock.Times.USUAL);
    return new Backup(store, Repository.open(storage, Optional.empty()), at(hours))
        .run(order, RegistryData.none("not asked"), Watcher.none());
  }

  static PruneReport prune(Storage storage, int hours) throws IOException {
    return new Prune(Repository.open(storage, Optional.empty()), at(hours))
        .run(NEWEST, "test-1", RepositoryLock.Times.USUAL);
  }

  static RestoreReport restore(
      ModelStore store, Repository repository, Snapshot snapshot, Scope scope)
      throws IOException, InterruptedException {
    try (Claims claims = store.claims("test-1", IMPATIENT)) {
      return new VolumeRestore(new Shelf(store, claims), repository, model -> 0)
          .run(snapshot, scope, 1, Watcher.none());
    }
  }

  /** Every snapshot that is listed is whole, down to its bytes, and there is one. */
  static void assertWhole(Storage storage, String moment) throws IOException {
    Repository repository = Repository.open(storage, Optional.empty());
    assertThat(new Check(repository).run(Depth.DATA, Watcher.none()).findings())
        .as(moment)
        .isEmpty();
    assertThat(ids(storage)).as(moment).isNotEmpty();
  }

  static List<String> ids(Storage storage) throws IOException {
    return Repository.open(storage, Optional.empty()).snapshots().list().stream()
        .map(Snapshots.Named::id)
        .toList();
  }

  static Snapshot latest(Storage storage) throws IOException {
    Snapshots snapshots = Repository.open(storage, Optional.empty()).snapshots();
    return snapshots.read(snapshots.find(Snapshots.LATEST));
  }
}
