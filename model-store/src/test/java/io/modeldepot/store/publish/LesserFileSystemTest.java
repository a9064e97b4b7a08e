package io.modeldepot.store.publish;

import static io.modeldepot.store.StoreFixture.FAMILY;
import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.expected;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing where the file system does less than ext4. */
final class LesserFileSystemTest {
  private static final Map<String, byte[]> ONE =
      files("config.json", "{\"a\":1}", "model.safetensors", large(1));
  private static final Map<String, byte[]> TWO =
      files("config.json", "{\"a\":2}", "model.safetensors", large(1));

  @TempDir Path directory;

  @Test
  void withoutExchangeAViewIsReplacedByTwoRenames() throws IOException {
    try (StoreFixture volume =
        new StoreFixture(directory, StoreFixture.without("exchange", Errno.EINVAL))) {
      volume.publish(FIRST, ONE);
      volume.publish(SECOND, TWO);

      assertThat(volume.store.volume().capabilities().exchange()).isFalse();
      assertThat(volume.view()).isEqualTo(expected(TWO));
      assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
    }
  }

  @Test
  void withoutHardLinksThereIsNoBlobAndTheViewIsARelativeLink() throws IOException {
    try (StoreFixture volume =
        new StoreFixture(directory, StoreFixture.without("link", Errno.EPERM))) {
      volume.publish(FIRST, ONE);
      volume.publish(SECOND, TWO);
      Path view = volume.layout().view(FAMILY, MODEL);

      assertThat(volume.calls.readLink(view)).isEqualTo("../../versions/llama2-7b/" + SECOND);
      assertThat(volume.tree(view.toRealPath())).isEqualTo(expected(TWO));
      assertThat(volume.calls.list(volume.layout().blobs())).isEmpty();
      assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
    }
  }

  @Test
  void withoutHardLinksContentIsStillReused() throws IOException {
    try (StoreFixture volume =
        new StoreFixture(directory, StoreFixture.without("link", Errno.EPERM))) {
      volume.publish(FIRST, ONE);
      try (Claim claim = volume.claim()) {
        CommitId again = CommitId.of("c".repeat(40));
        volume.store.publisher().publish(claim, StoreFixture.manifest(again, ONE), Map.of(), 0);
      }

      assertThat(volume.store.versions().commits(MODEL)).hasSize(2);
      assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
    }
  }

  @Test
  void anInodeWithAllItsLinksIsCopied() throws IOException {
    AtomicInteger links = new AtomicInteger();
    FaultyCalls calls = new FaultyCalls(new LinuxCalls());
    try (StoreFixture volume = new StoreFixture(directory, calls)) {
      calls.fail(
          (made, call, path) ->
              call.equals("link") && links.incrementAndGet() > 2
                  ? Optional.of(Errno.EMLINK)
                  : Optional.empty());
      volume.publish(FIRST, ONE);
      volume.publish(SECOND, TWO);
      FileStat file =
          calls
              .stat(volume.layout().tree(MODEL, SECOND).resolve("model.safetensors"))
              .orElseThrow();

      assertThat(file.links()).isEqualTo(1);
      assertThat(file.mode()).isEqualTo(0444);
      assertThat(volume.view()).isEqualTo(expected(TWO));
      assertThat(volume.store.publisher().isSettled(MODEL)).isTrue();
      assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
    }
  }

  @Test
  void aBlobThatDisappearsBetweenLookAndLinkIsFoundInATree() throws IOException {
    FaultyCalls calls = new FaultyCalls(new LinuxCalls());
    try (StoreFixture volume = new StoreFixture(directory, calls)) {
      volume.publish(FIRST, ONE);
      AtomicInteger links = new AtomicInteger();
      calls.fail(
          (made, call, path) -> {
            if (call.equals("link") && links.getAndIncrement() == 0) {
              clearCache(volume);
            }
            return Optional.empty();
          });
      try (Claim claim = volume.claim()) {
        CommitId again = CommitId.of("c".repeat(40));
        volume.store.publisher().publish(claim, StoreFixture.manifest(again, ONE), Map.of(), 0);
      }

      assertThat(volume.view()).isEqualTo(expected(ONE));
      assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
    }
  }

  private static void clearCache(StoreFixture volume) {
    try {
      io.modeldepot.store.volume.call.DirectoryTree.remove(
          new LinuxCalls(), volume.layout().blobs());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
