package io.modeldepot.store.blob;

import static io.modeldepot.store.StoreFixture.digests;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobsTest {
  private static final byte[] CONTENT = large(3);
  private static final Sha256 DIGEST = digests(CONTENT).sha256();

  @TempDir Path directory;
  private StoreFixture volume;
  private Blobs blobs;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
    blobs = volume.store.blobs();
  }

  @AfterEach
  void invariantsHold() throws IOException {
    volume.close();
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void keptContentIsFoundByItsDigestReadOnlyAndOnce() throws IOException {
    Path part = part("a", CONTENT);
    blobs.keep(part, DIGEST, CONTENT.length);
    blobs.keep(part, DIGEST, CONTENT.length);
    Path blob = blobs.find(DIGEST, CONTENT.length).orElseThrow();

    assertThat(blob)
        .isEqualTo(
            directory.resolve(
                "cache/blobs/sha256/" + DIGEST.value().substring(0, 2) + "/" + DIGEST));
    assertThat(stat(blob).links()).isEqualTo(2);
    assertThat(stat(part).mode()).isEqualTo(0444);
  }

  @Test
  void contentOfAVersionIsFoundWithTheDigestsOfItsBlocks() throws IOException {
    volume.publish(StoreFixture.FIRST, StoreFixture.files("model.safetensors", CONTENT));

    assertThat(volume.store.contents().find(DIGEST, CONTENT.length).orElseThrow().blocks())
        .contains(digests(CONTENT).blocks());
  }

  @Test
  void contentOfAnotherLengthIsNotFound() throws IOException {
    blobs.keep(part("a", CONTENT), DIGEST, CONTENT.length);

    assertThat(blobs.find(DIGEST, CONTENT.length + 1)).isEmpty();
  }

  @Test
  void theSameContentFromTwoDownloadsIsKeptOnce() throws IOException {
    blobs.keep(part("a", CONTENT), DIGEST, CONTENT.length);
    blobs.keep(part("b", CONTENT), DIGEST, CONTENT.length);

    assertThat(stat(part("a")).sameFileAs(stat(blob()))).isTrue();
  }

  @Test
  void aDamagedBlobGivesWayToVerifiedContent() throws IOException {
    blobs.keep(part("a", CONTENT), DIGEST, CONTENT.length);
    Files.delete(blob());
    byte[] damaged = CONTENT.clone();
    damaged[0] ^= 1;
    Files.write(blob(), damaged);
    blobs.keep(part("b", CONTENT), DIGEST, CONTENT.length);

    assertThat(stat(part("b")).sameFileAs(stat(blob()))).isTrue();
  }

  @Test
  void clearingTheCacheAwayLosesNothingAndStopsNothing() throws IOException {
    blobs.keep(part("a", CONTENT), DIGEST, CONTENT.length);
    io.modeldepot.store.volume.call.DirectoryTree.remove(
        volume.calls, directory.resolve("cache/blobs"));
    blobs.keep(part("a"), DIGEST, CONTENT.length);

    assertThat(blob()).exists();
  }

  @Test
  void aPartThatIsGoneWithItsClaimIsReportedAsThat() {
    assertThatThrownBy(() -> blobs.keep(part("x"), DIGEST, CONTENT.length))
        .isInstanceOfSatisfying(
            FileCallFailed.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void aPartOfAnotherLengthIsNotKept() throws IOException {
    Path part = part("a", CONTENT);

    assertThatThrownBy(() -> blobs.keep(part, DIGEST, 5)).isInstanceOf(IOException.class);
    assertThat(blob()).doesNotExist();
  }

  private Path blob() {
    return volume.layout().blob(DIGEST);
  }

  private Path part(String name) {
    return volume.layout().downloads().resolve("." + name);
  }

  private Path part(String name, byte[] content) throws IOException {
    return Files.write(part(name), content);
  }

  private FileStat stat(Path path) throws IOException {
    return volume.calls.stat(path).orElseThrow();
  }
}
