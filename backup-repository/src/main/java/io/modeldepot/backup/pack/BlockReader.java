package io.modeldepot.backup.pack;

import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.seal.BrokenSeal;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.store.frame.DamagedFrame;
import io.modeldepot.store.frame.FrameDecoder;
import io.modeldepot.store.frame.FrameEncoder;
import io.modeldepot.store.frame.Transform;
import java.io.IOException;

/** Brings blocks back, one at a time; for one thread. The holder closes it. */
public final class BlockReader implements AutoCloseable {
  private final Storage storage;
  private final Seal seal;
  private final FrameDecoder decoder = new FrameDecoder();

  /** A reader of a repository's packs. */
  public BlockReader(Storage storage, Seal seal) {
    this.storage = storage;
    this.seal = seal;
  }

  /**
   * A block, whose digest is its id.
   *
   * @throws DamagedObject if the pack does not have it as it was
   */
  public byte[] read(BlockId id, Location at) throws IOException {
    return decode(id, at, fetch(id, at));
  }

  /**
   * A block's frame as it lies in its pack, after it was unpacked and held against the id.
   *
   * @throws DamagedObject if the pack does not have it as it was
   */
  public byte[] frame(BlockId id, Location at) throws IOException {
    byte[] frame = fetch(id, at);
    byte[] unused = decode(id, at, frame);
    return frame;
  }

  private byte[] fetch(BlockId id, Location at) throws IOException {
    String object = Location.object(at.pack());
    byte[] frame;
    try {
      frame = storage.get(object, at.offset(), at.length());
    } catch (NoSuchObject e) {
      throw new DamagedObject(object, "it is gone", e);
    }
    if (frame.length != at.length()) {
      throw new DamagedObject(object, "it ends within block " + id);
    }
    return frame;
  }

  private byte[] decode(BlockId id, Location at, byte[] frame) throws IOException {
    String object = Location.object(at.pack());
    try {
      boolean sealed = seal.overhead() > 0;
      byte[] plain = sealed ? seal.open(frame, 0, at.length(), purpose(id)) : frame;
      int length = at.length() - seal.overhead();
      if (length < 1 || at.rawLength() > FrameEncoder.BLOCK_BYTES || at.rawLength() < 0) {
        throw new DamagedObject(object, "the frame of block " + id + " has no such length");
      }
      byte[] raw = new byte[at.rawLength()];
      decoder.decode(Transform.of(plain[0]), plain, 1, length - 1, raw, at.rawLength());
      if (!seal.id(raw, raw.length).equals(id)) {
        throw new DamagedObject(object, "block " + id + " has other bytes");
      }
      return raw;
    } catch (DamagedFrame | BrokenSeal e) {
      throw new DamagedObject(object, "block " + id + " cannot be unpacked", e);
    }
  }

  static String purpose(BlockId id) {
    return "block " + id;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
