package io.modeldepot.backup.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.events.wire.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFileTest {
  private static final String NAME = "index/i-1.json.zst";
  private static final List<Pack> PACKS =
      List.of(
          new Pack("p-1", 4711, List.of(new PackEntry(new BlockId("ab".repeat(32)), 0, 90, 100))));

  @TempDir Path place;

  @Test
  void everyBitAndEveryLengthCounts() throws Exception {
    DirectoryStorage storage = new DirectoryStorage(place);
    IndexFile.put(storage, Seal.none(), "i-1", PACKS);
    assertThat(IndexFile.read(storage, Seal.none(), NAME)).isEqualTo(PACKS);
    byte[] whole = Files.readAllBytes(place.resolve(NAME));

    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refused(storage, flipped, "bit " + bit);
    }
    for (int length = 0; length < whole.length; length++) {
      refused(storage, Arrays.copyOf(whole, length), "cut to " + length);
    }
  }

  @Test
  void oneThatWasWrittenWithoutADigestIsRead() throws Exception {
    DirectoryStorage storage = new DirectoryStorage(place);
    storage.put(NAME, Zstd.compress(Wire.write(new IndexFile.Content(1, List.of()))));

    assertThat(IndexFile.read(storage, Seal.none(), NAME)).isEmpty();
  }

  private void refused(DirectoryStorage storage, byte[] bytes, String what) throws Exception {
    Files.write(place.resolve(NAME), bytes);
    assertThatThrownBy(() -> IndexFile.read(storage, Seal.none(), NAME))
        .as(what)
        .isInstanceOf(DamagedObject.class);
  }
}
