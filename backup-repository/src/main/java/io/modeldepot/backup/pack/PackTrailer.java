package io.modeldepot.backup.pack;

import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The end of a pack: its index, sealed; then, big-endian, the length of that and its CRC-32, four
 * bytes each. An entry of the index is the block's id, 32 bytes, and offset, length and raw length,
 * four bytes each.
 */
final class PackTrailer {
  static final int TAIL_BYTES = 8;
  private static final int ENTRY_BYTES = BlockId.BYTES + 12;
  private static final String PURPOSE = "pack-index";

  private PackTrailer() {}

  /** The bytes of the end of a pack. */
  static byte[] of(List<PackEntry> entries, Seal seal) {
    ByteBuffer plain = ByteBuffer.allocate(entries.size() * ENTRY_BYTES);
    for (PackEntry entry : entries) {
      plain.put(entry.id().bytes());
      plain.putInt(entry.offset()).putInt(entry.length()).putInt(entry.rawLength());
    }
    byte[] sealed = seal.seal(plain.array(), 0, plain.position(), PURPOSE);
    return ByteBuffer.allocate(sealed.length + TAIL_BYTES)
        .put(sealed)
        .putInt(sealed.length)
        .putInt(crc(sealed))
        .array();
  }

  /**
   * The index at the end of a pack.
   *
   * @throws DamagedObject if it is none
   */
  static List<PackEntry> read(Storage storage, String pack, long sizeBytes, Seal seal)
      throws IOException {
    String object = Location.object(pack);
    ByteBuffer tail =
        ByteBuffer.wrap(storage.get(object, Math.max(0, sizeBytes - TAIL_BYTES), TAIL_BYTES));
    if (tail.remaining() < TAIL_BYTES) {
      throw new DamagedObject(object, "it is too short to be a pack");
    }
    int length = tail.getInt();
    int crc = tail.getInt();
    long at = sizeBytes - TAIL_BYTES - length;
    if (length < 0 || at < 0) {
      throw new DamagedObject(object, "its index cannot be as long as it says");
    }
    byte[] sealed = storage.get(object, at, length);
    if (sealed.length != length || crc(sealed) != crc) {
      throw new DamagedObject(object, "its index has another checksum");
    }
    byte[] plain = seal.open(sealed, 0, sealed.length, PURPOSE);
    if (plain.length % ENTRY_BYTES != 0) {
      throw new DamagedObject(object, "its index has half an entry");
    }
    return entries(ByteBuffer.wrap(plain), at, object);
  }

  private static List<PackEntry> entries(ByteBuffer plain, long end, String object)
      throws DamagedObject {
    List<PackEntry> entries = new ArrayList<>();
    while (plain.hasRemaining()) {
      byte[] id = new byte[BlockId.BYTES];
      plain.get(id);
      PackEntry entry =
          new PackEntry(BlockId.of(id), plain.getInt(), plain.getInt(), plain.getInt());
      if (!entry.isWithin(end)) {
        throw new DamagedObject(object, "its index names a frame outside of it");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
