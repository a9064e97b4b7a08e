package io.modeldepot.backup.pack;

import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.seal.Seal;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.store.frame.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Gathers frames and puts them as packs. Safe for threads: whoever fills a pack puts it while the
 * others go on with the next one. A block is in the repository once its pack was put; what was
 * added and not put when the process ends was never there.
 */
public final class PackWriter {
  /** A pack is put once it has this many bytes. */
  public static final int PACK_BYTES = 64 << 20;

  private static final int FIRST_BYTES = 1 << 20;

  /** The last frame of a pack, and its index. */
  private static final int ROOM_BYTES = 20 << 20;

  private final Storage storage;
  private final Seal seal;
  private final int packBytes;
  private final List<Pack> written = new ArrayList<>();
  private Filling filling = new Filling(FIRST_BYTES);

  /** Packs of the usual size. */
  public PackWriter(Storage storage, Seal seal) {
    this(storage, seal, PACK_BYTES);
  }

  /** Packs of another size. */
  public PackWriter(Storage storage, Seal seal, int packBytes) {
    this.storage = storage;
    this.seal = seal;
    this.packBytes = packBytes;
  }

  /**
   * Adds a block's frame; the bytes are copied. May put a pack.
   *
   * @return how many bytes it takes in the pack
   */
  public int add(BlockId id, Frame frame, int rawLength) throws IOException {
    byte transform = (byte) frame.transform().code();
    if (seal.overhead() == 0) {
      return add(new PackEntry(id, 0, frame.length() + 1, rawLength), transform, frame.bytes());
    }
    byte[] plain = new byte[frame.length() + 1];
    plain[0] = transform;
    System.arraycopy(frame.bytes(), 0, plain, 1, frame.length());
    byte[] sealed = seal.seal(plain, 0, plain.length, BlockReader.purpose(id));
    addSealed(id, sealed, rawLength);
    return sealed.length;
  }

  /** Adds a frame as it lay in another pack; the bytes are copied. May put a pack. */
  public void addSealed(BlockId id, byte[] sealed, int rawLength) throws IOException {
    Optional<Filling> full;
    synchronized (this) {
      filling.begin(id, sealed.length, rawLength);
      filling.append(sealed, 0, sealed.length);
      full = ifFull();
    }
    if (full.isPresent()) {
      put(full.get());
    }
  }

  private int add(PackEntry entry, byte transform, byte[] bytes) throws IOException {
    Optional<Filling> full;
    synchronized (this) {
      filling.begin(entry.id(), entry.length(), entry.rawLength());
      filling.append(new byte[] {transform}, 0, 1);
      filling.append(bytes, 0, entry.length() - 1);
      full = ifFull();
    }
    if (full.isPresent()) {
      put(full.get());
    }
    return entry.length();
  }

  private Optional<Filling> ifFull() {
    if (filling.size < packBytes) {
      return Optional.empty();
    }
    Filling full = filling;
    filling = new Filling(FIRST_BYTES);
    return Optional.of(full);
  }

  /** Puts what is left. What this and earlier calls put is then in {@link #written}. */
  public void flush() throws IOException {
    Filling last;
    synchronized (this) {
      last = filling;
      filling = new Filling(FIRST_BYTES);
    }
    if (!last.entries.isEmpty()) {
      put(last);
    }
  }

  /** The packs that were put so far. */
  public synchronized List<Pack> written() {
    return List.copyOf(written);
  }

  private void put(Filling full) throws IOException {
    byte[] trailer = PackTrailer.of(full.entries, seal);
    full.append(trailer, 0, trailer.length);
    String name = HexFormat.of().formatHex(sha256(full.bytes, full.size));
    storage.put(Location.object(name), ByteBuffer.wrap(full.bytes, 0, full.size));
    synchronized (this) {
      written.add(new Pack(name, full.size, full.entries));
    }
  }

  static byte[] sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }

  /** A pack that is being filled. */
  private static final class Filling {
    final List<PackEntry> entries = new ArrayList<>();
    byte[] bytes;
    int size;

    Filling(int capacity) {
      this.bytes = new byte[capacity];
    }

    void begin(BlockId id, int length, int rawLength) {
      entries.add(new PackEntry(id, size, length, rawLength));
    }

    void append(byte[] more, int from, int length) {
      if (bytes.length < size + length) {
        int roomy = Math.min(bytes.length * 2, PACK_BYTES + ROOM_BYTES);
        bytes = Arrays.copyOf(bytes, Math.max(size + length, roomy));
      }
      System.arraycopy(more, from, bytes, size, length);
      size += length;
    }
  }
}
