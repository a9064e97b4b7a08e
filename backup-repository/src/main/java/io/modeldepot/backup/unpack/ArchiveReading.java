package io.modeldepot.backup.unpack;

import io.modeldepot.backup.export.Packing;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An archive, entry by entry; every entry has a place before anybody sees it. */
final class ArchiveReading implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  /** Names and extended headers of one entry; far more than any honest one needs. */
  private static final long HEADER_BYTES = 1 << 20;

  /** What may stand behind the end: tar fills up to its record. */
  private static final long TAIL_BYTES = 16 << 20;

  private final GuardedStream unpacked;
  private final TarArchiveInputStream tar;

  private ArchiveReading(GuardedStream unpacked) {
    this.unpacked = unpacked;
    this.tar = new TarArchiveInputStream(unpacked, "UTF-8");
  }

  /**
   * An entry that is a file, or a hard link to one before it.
   *
   * @param place where it belongs
   * @param sizeBytes of a file
   * @param target of a link, as it is written
   */
  record Entry(String name, Place place, long sizeBytes, Optional<String> target) {}

  /**
   * Opens an archive.
   *
   * @param packedBytes told how many packed bytes were read, piece by piece
   */
  static ArchiveReading open(Path file, Packing packing, LongConsumer packedBytes)
      throws IOException {
    InputStream raw = new Counted(Files.newInputStream(file), packedBytes);
    boolean opened = false;
    try {
      InputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
      ArchiveReading reading = new ArchiveReading(new GuardedStream(packing.under(buffered)));
      opened = true;
      return reading;
    } catch (IOException e) {
      throw BadArchive.damaged(String.valueOf(e.getMessage()));
    } finally {
      if (!opened) {
        raw.close();
      }
    }
  }

  /** The next entry below {@code models/}, or manifest; what lies elsewhere is passed over. */
  Optional<Entry> next() throws IOException {
    while (true) {
      Optional<TarArchiveEntry> found = nextOfAnyKind();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      TarArchiveEntry entry = found.get();
      Place place = Place.of(entry.getName());
      if (place instanceof Place.Elsewhere || entry.isDirectory()) {
        if (entry.getSize() > 0) {
          // It is unpacked to get past it, so it counts.
          unpacked.allow(entry.getSize() + HEADER_BYTES);
        }
        continue;
      }
      return Optional.of(checked(entry, place));
    }
  }

  private Optional<TarArchiveEntry> nextOfAnyKind() throws IOException {
    try {
      // What was not read of the entry before is passed over first.
      unpacked.allow(Math.max(0, tar.getCurrentEntry() == null ? 0 : left()) + HEADER_BYTES);
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry != null) {
        return Optional.of(entry);
      }
      unpacked.allow(TAIL_BYTES);
      unpacked.drain();
      if (!unpacked.endedWithAnEmptyBlock()) {
        throw BadArchive.damaged("the blocks that end a tar are missing.");
      }
      return Optional.empty();
    } catch (BadArchive e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw BadArchive.damaged(String.valueOf(e.getMessage()));
    }
  }

  private long left() {
    TarArchiveEntry current = tar.getCurrentEntry();
    return current.getSize() - tar.getBytesRead();
  }

  private static Entry checked(TarArchiveEntry entry, Place place) throws BadArchive {
    String name = entry.getName();
    if (entry.isSymbolicLink()) {
      throw BadArchive.link(name, entry.getLinkName(), "and links are not followed");
    }
    if (entry.isLink()) {
      return new Entry(name, place, 0, Optional.of(entry.getLinkName()));
    }
    if (entry.isSparse()) {
      throw BadArchive.entry(name, "has holes; pack it without --sparse");
    }
    if (!entry.isFile() || entry.isFIFO() || entry.isBlockDevice() || entry.isCharacterDevice()) {
      throw BadArchive.entry(name, "is no file");
    }
    return new Entry(name, place, entry.getSize(), Optional.empty());
  }

  /**
   * Reads the content of the entry that came last, piece by piece, to its end.
   *
   * @throws BadArchive if it is shorter than its header says
   */
  void content(Entry entry, Piece into) throws IOException {
    unpacked.allow(entry.sizeBytes() + HEADER_BYTES);
    byte[] buffer = new byte[BUFFER_BYTES];
    long done = 0;
    while (done < entry.sizeBytes()) {
      int read = read(buffer);
      if (read < 0) {
        throw BadArchive.damaged(entry.name() + " is cut off.");
      }
      into.take(buffer, read);
      done += read;
    }
  }

  private int read(byte[] buffer) throws IOException {
    try {
      return tar.read(buffer, 0, buffer.length);
    } catch (BadArchive e) {
      throw e;
    } catch (IOException e) {
      throw BadArchive.damaged(String.valueOf(e.getMessage()));
    }
  }

  /** Takes a piece of a content. */
  @FunctionalInterface
  interface Piece {
    /** The first bytes of a buffer that is used again. */
    void take(byte[] buffer, int length) throws IOException;
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** Counts what is read of the packed file. */
  private static final class Counted extends FilterInputStream {
    private final LongConsumer read;

    Counted(InputStream in, LongConsumer read) {
      super(in);
      this.read = read;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      read.accept(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      read.accept(Math.max(0, count));
      return count;
    }
  }
}
