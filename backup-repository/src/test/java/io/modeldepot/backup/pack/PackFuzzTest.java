package io.modeldepot.backup.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.fuzz.Fuzz;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes of packs with checksums that hold. */
final class PackFuzzTest {
  private static final PackEntry ENTRY = new PackEntry(new BlockId("ab".repeat(32)), 0, 90, 100);

  @TempDir Path place;

  @Test
  void anIndexNamesFramesInsideOfPacksOrIsDamaged() throws Exception {
    DirectoryStorage storage = new DirectoryStorage(place);
    IndexFile.put(
        storage, Seal.none(), "i-1", List.of(new Pack("p-1", 4711, List.of(ENTRY, ENTRY))));
    String name = "index/i-1.json.zst";
    byte[] packed = Summed.content(Files.readAllBytes(place.resolve(name)), name);
    Fuzz.of("backup index")
        .seed(Zstd.decompress(packed, (int) Zstd.getFrameContentSize(packed)))
        .refusedBy(DamagedObject.class)
        .run(
            input -> {
              Files.write(place.resolve(name), Summed.of(Zstd.compress(input)));
              for (Pack pack : IndexFile.read(storage, Seal.none(), name)) {
                assertThat(pack.entries()).allMatch(entry -> entry.isWithin(pack.sizeBytes()));
              }
            });
  }

  @Test
  void theEndOfAPackNamesFramesInsideOfItOrIsDamaged() throws Exception {
    DirectoryStorage storage = new DirectoryStorage(place);
    String object = Location.object("p-1");
    storage.put(object, new byte[] {0});
    byte[] end = PackTrailer.of(List.of(ENTRY), Seal.none());
    byte[] pack = new byte[100 + end.length];
    System.arraycopy(end, 0, pack, 100, end.length);
    Fuzz.of("pack")
        .seed(pack)
        .refusedBy(DamagedObject.class)
        .run(
            input -> {
              Files.write(place.resolve(object), summed(input));
              for (PackEntry entry : PackTrailer.read(storage, "p-1", input.length, Seal.none())) {
                assertThat(entry.isWithin(input.length)).isTrue();
              }
            });
  }

  /** With the checksum of the index that the length at the end says, where it can be one. */
  private static byte[] summed(byte[] input) {
    byte[] pack = input.clone();
    int end = pack.length - PackTrailer.TAIL_BYTES;
    int length = end < 0 ? -1 : ByteBuffer.wrap(pack).getInt(end);
    if (length >= 0 && length <= end) {
      CRC32 crc = new CRC32();
      crc.update(pack, end - length, length);
      ByteBuffer.wrap(pack).putInt(end + 4, (int) crc.getValue());
    }
    return pack;
  }
}
