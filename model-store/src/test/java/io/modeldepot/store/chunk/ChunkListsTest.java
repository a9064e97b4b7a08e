package io.modeldepot.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.volume.call.Errno;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChunkListsTest {
  private static final byte[] CONTENT = StoreFixture.large(5);
  private static final Sha256 DIGEST = StoreFixture.digests(CONTENT).sha256();

  @TempDir Path directory;
  private StoreFixture volume;
  private ChunkLists lists;

  @BeforeEach
  void makeTheVolume() throws Exception {
    volume = new StoreFixture(directory.resolve("v"));
    lists = volume.store.chunkLists();
  }

  @AfterEach
  void look() throws Exception {
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
    volume.close();
  }

  private Path blob() throws Exception {
    Path part = directory.resolve("v/part");
    Files.write(part, CONTENT);
    volume.store.blobs().keep(part, DIGEST, CONTENT.length);
    Files.delete(part);
    return volume.layout().blob(DIGEST);
  }

  @Test
  void whatWasMadeOfAFileIsFound() throws Exception {
    ChunkList made = lists.make(blob(), DIGEST, bytes -> {});

    assertThat(lists.find(DIGEST, CONTENT.length).orElseThrow().bytes()).isEqualTo(made.bytes());
    assertThat(made.sizeBytes()).isEqualTo(CONTENT.length);
  }

  @Test
  void aListGoesWithItsBlob() throws Exception {
    lists.make(blob(), DIGEST, bytes -> {});

    assertThat(volume.store.expunging().blob(DIGEST, volume.store.volumesNow())).isNotEmpty();
    assertThat(lists.has(DIGEST)).isFalse();
  }

  @Test
  void aDamagedListIsNotThere() throws Exception {
    lists.make(blob(), DIGEST, bytes -> {});
    Path file = volume.layout().chunkList(DIGEST);
    byte[] bytes = Files.readAllBytes(file);
    bytes[60] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);

    assertThat(lists.find(DIGEST, CONTENT.length)).isEmpty();
  }

  @Test
  void aListOfAnotherLengthIsNotTaken() throws Exception {
    lists.make(blob(), DIGEST, bytes -> {});

    assertThat(lists.find(DIGEST, CONTENT.length + 1)).isEmpty();
  }

  @Test
  void clearingTheCacheClearsTheLists() throws Exception {
    lists.make(blob(), DIGEST, bytes -> {});

    assertThat(volume.layout().chunkList(DIGEST)).startsWith(volume.layout().cache());
  }

  @Test
  void whereLinksDoNotCountNothingIsKept() throws Exception {
    try (StoreFixture lesser =
        new StoreFixture(directory.resolve("w"), StoreFixture.without("link", Errno.EPERM))) {
      Path file = Files.write(directory.resolve("w/file"), CONTENT);
      ChunkList made = lesser.store.chunkLists().make(file, DIGEST, bytes -> {});

      assertThat(made.count()).isPositive();
      assertThat(lesser.store.chunkLists().has(DIGEST)).isFalse();
      Files.delete(file);
    }
  }
}
