package io.modeldepot.store.account;

import static io.modeldepot.store.StoreFixture.CLOCK;
import static io.modeldepot.store.StoreFixture.FAMILY;
import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.state.Usage;
import io.modeldepot.events.state.UsageKind;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageAccountsTest {
  private static final long LARGE = large(1).length;

  @TempDir Path directory;
  private StoreFixture volume;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
  }

  @AfterEach
  void tearDown() throws IOException {
    volume.close();
  }

  @Test
  void anEmptyVolumeHasNoModels() throws IOException {
    StorageReported report = report();

    assertThat(report.volumeId()).isEqualTo(volume.store.volume().id().toString());
    assertThat(report.usage()).extracting(Usage::family).containsOnly(Optional.empty());
    assertThat(report.freeBytes()).isBetween(1L, report.capacityBytes());
  }

  @Test
  void contentThatVersionsShareCountsOnceForTheCurrentOne() throws IOException {
    volume.publish(FIRST, files("model.bin", large(1)));
    volume.publish(SECOND, files("model.bin", large(1), "other.bin", large(2)));
    StorageReported report = report();

    assertThat(bytes(report, UsageKind.CURRENT)).isBetween(2 * LARGE, 2 * LARGE + 100_000);
    assertThat(bytes(report, UsageKind.OLD)).isLessThan(100_000);
    assertThat(report.usage())
        .filteredOn(usage -> usage.kind() == UsageKind.CURRENT && usage.bytes() > LARGE)
        .extracting(Usage::family)
        .containsExactly(Optional.of(FAMILY));
  }

  @Test
  void anOldVersionCountsWithWhatOnlyItHas() throws IOException {
    volume.publish(FIRST, files("model.bin", large(1), "gone.bin", large(2)));
    volume.publish(SECOND, files("model.bin", large(1)));

    assertThat(bytes(report(), UsageKind.OLD)).isBetween(LARGE, LARGE + 100_000);
  }

  @Test
  void theCacheCountsWithWhatClearingItWouldFree() throws IOException {
    volume.publish(FIRST, files("model.bin", large(1)));
    long before = report().cacheBytes();
    Path blob = volume.layout().blobs().resolve("ff");
    Files.createDirectories(blob);
    Files.write(blob.resolve("f".repeat(64)), large(3));

    assertThat(before).isLessThan(LARGE);
    assertThat(report().cacheBytes() - before).isGreaterThanOrEqualTo(large(3).length);
  }

  @Test
  void partialTrashedForeignAndUnexplainedBytesAreToldApart() throws IOException {
    write("downloads/job-1/x-01234567/w1/parts/0001");
    write(".depot/trash/20261124-x/model.bin");
    write(".depot/archive/ab/x.zst");
    write("somebody-elses/file");
    write("versions/stray.bin");
    StorageReported report = report();

    assertThat(List.of(UsageKind.PARTIAL, UsageKind.TRASH, UsageKind.ARCHIVE, UsageKind.FOREIGN))
        .allSatisfy(kind -> assertThat(bytes(report, kind)).isBetween(LARGE, LARGE + 100_000));
    assertThat(bytes(report, UsageKind.UNEXPLAINED)).isBetween(LARGE, LARGE + 100_000);
    assertThat(report.trashBytes()).isEqualTo(bytes(report, UsageKind.TRASH));
  }

  @Test
  void everythingThatTheStoreItselfWroteIsExplained() throws IOException {
    volume.publish(FIRST, files("model.bin", large(1)));
    volume.publish(SECOND, files("model.bin", large(2)));
    write("engines/triton/host/0/model/config.pbtxt");
    write(".depot/janitor/ledger");
    write(".depot/quarantine/20261124-x/model.bin");

    assertThat(bytes(report(), UsageKind.UNEXPLAINED)).isZero();
  }

  @Test
  void whatMayNotBeReadOrDisappearsDoesNotHideTheRest() throws IOException {
    volume.publish(FIRST, files("model.bin", large(1)));
    write("somebody-elses/file");
    write("private/file");
    write("stale/file");
    FaultyCalls calls = new FaultyCalls(volume.calls);
    ModelStore store = ModelStore.open(directory, Optional.empty(), CLOCK, calls);
    calls.fail(
        (made, call, path) ->
            switch (path.getFileName().toString()) {
              case "private" -> call.equals("list") ? Optional.of(Errno.EACCES) : Optional.empty();
              case "stale" -> call.equals("list") ? Optional.of(Errno.ESTALE) : Optional.empty();
              default -> Optional.empty();
            });
    StorageReported report = store.accounts().report(List.of());

    assertThat(bytes(report, UsageKind.FOREIGN)).isBetween(LARGE, LARGE + 100_000);
    assertThat(bytes(report, UsageKind.CURRENT)).isGreaterThanOrEqualTo(LARGE);
  }

  @Test
  void whatTheFileSystemKeepsForItselfIsNotCounted() throws IOException {
    write("lost+found/#123");
    write(".snapshot/hourly/versions/x");

    assertThat(bytes(report(), UsageKind.FOREIGN)).isZero();
  }

  @Test
  void theFiguresAddUpToWhatIsOnTheDisk() throws IOException {
    volume.publish(FIRST, files("model.bin", large(1), "config.json", "{}"));
    volume.publish(SECOND, files("model.bin", large(2), "config.json", "{}"));
    write("somebody-elses/file");
    StorageReported report = report();
    long sum = report.cacheBytes() + report.usage().stream().mapToLong(Usage::bytes).sum();

    assertThat(sum).isEqualTo(allocated());
  }

  private long allocated() throws IOException {
    Set<FileStat.Identity> seen = new HashSet<>();
    long sum = 0;
    for (DirectoryTree.Entry entry : DirectoryTree.walk(volume.calls, directory)) {
      if (entry.stat().isFile() && seen.add(entry.stat().identity())) {
        sum += entry.stat().allocatedBytes();
      }
    }
    return sum;
  }

  private StorageReported report() throws IOException {
    return volume.store.accounts().report(List.of());
  }

  private static long bytes(StorageReported report, UsageKind kind) {
    return report.usage().stream()
        .filter(usage -> usage.kind() == kind)
        .mapToLong(Usage::bytes)
        .sum();
  }

  private void write(String path) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, large(1));
  }
}
