package io.modeldepot.store.journal;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.store.blob.BlockCrcs;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Goes on with a partial file that somebody else wrote, a predecessor or this process before it was
 * killed. Each block the journal calls done is read once and compared. After a takeover the
 * predecessor may still have the file open: where a read lease cannot rule that out the compared
 * blocks are copied into a new file, and the inherited one is never published.
 */
public final class PartResume {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MODE = 0644;

  /** The end of a part's name says in which work directory it was made; none means the first. */
  private static final Pattern MADE_IN = Pattern.compile("(.*)-w([0-9]{1,9})");

  private final FileCalls calls;
  private final Path downloads;
  private final boolean network;
  private final boolean fallocate;

  /** Resumes on a volume. */
  public PartResume(Volume volume) {
    this.calls = volume.calls();
    this.downloads = volume.layout().downloads();
    this.network = volume.capabilities().network();
    this.fallocate = volume.capabilities().fallocate();
  }

  /**
   * What can be built on.
   *
   * @param name the part relative to the claim's work directory, to be journaled
   * @param part the file to go on with
   * @param blocksDone blocks that are what the journal says; the others are to be fetched
   * @param lostBlocks how many the journal called done and were not
   * @param superseded the file that {@code part} is a copy of; to be removed once the journal names
   *     the copy, and not before: until then it is what the next holder goes on with
   */
  public record Resumed(
      String name, Path part, BlockRanges blocksDone, int lostBlocks, Optional<Path> superseded) {}

  /**
   * A new part with its disk space reserved, where the file system can. One of that name is removed
   * first: starting again means a new file.
   *
   * @param name relative to the claim's work directory, for example {@code parts/0001}
   * @return the file
   * @throws io.modeldepot.store.volume.call.FileCallFailed ENOSPC if there is not as much; nothing
   *     is left of it then
   */
  public Path allocate(Claim claim, String name, long sizeBytes) throws IOException {
    Path part = claim.work().resolve(FilePaths.checked(name));
    return claim.guard(
        () -> {
          Path directory = Path.of(name).getParent();
          if (directory != null) {
            DirectoryTree.makeBelow(calls, claim.work(), directory);
          }
          DirectoryTree.remove(calls, part);
          calls.create(part, MODE).close();
          reserve(part, sizeBytes);
          return part;
        });
  }

  /**
   * Compares a file's blocks with the journal and makes sure that nobody else writes to it.
   *
   * @param file with its part, the blocks done and their CRC32C; if the part is gone, or is not
   *     what the journal says it is, a new one is allocated
   */
  public Resumed resume(Claim claim, JournalFile file) throws IOException {
    String name =
        file.part()
            .orElseThrow(() -> new IllegalArgumentException(file.path() + " has no part yet"));
    Path part = claim.work().resolve(FilePaths.checked(name));
    return claim.guard(
        () -> {
          Optional<FileStat> stat = calls.stat(part);
          Optional<BlockCrcs> crcs = crcs(file);
          int claimed = file.blocksDone().orElse(BlockRanges.NONE).count();
          if (stat.isEmpty()
              || !stat.get().isFile()
              || stat.get().sizeBytes() > file.sizeBytes()
              || crcs.isEmpty()) {
            return new Resumed(
                name,
                allocate(claim, name, file.sizeBytes()),
                BlockRanges.NONE,
                claimed,
                Optional.empty());
          }
          if (!mustCopy(claim, name, part)) {
            BitSet good = compare(part, Optional.empty(), file, crcs.get());
            return resumed(name, part, good, claimed, Optional.empty());
          }
          String freshName = freshName(claim, name);
          Path fresh = allocate(claim, freshName, file.sizeBytes());
          BitSet good = compare(part, Optional.of(fresh), file, crcs.get());
          return resumed(freshName, fresh, good, claimed, Optional.of(part));
        });
  }

  private static Resumed resumed(
      String name, Path part, BitSet good, int claimed, Optional<Path> superseded) {
    return new Resumed(name, part, BlockRanges.of(good), claimed - good.cardinality(), superseded);
  }

  /**
   * Whether a part was made under a work number before this claim's: the claim was taken over
   * since, and whoever had it then may still write. Also true when the claim was free in between.
   */
  public static boolean isInherited(Claim claim, String name) {
    return madeIn(name) < claim.workNumber();
  }

  /**
   * Removes what a copy superseded.
   *
   * @param superseded of a {@link Resumed} that was journaled; that is made durable first
   */
  public void remove(Claim claim, Path superseded) throws IOException {
    claim.guard(
        () -> {
          calls.syncDirectory(downloads);
          calls.unlink(superseded);
          return superseded;
        });
  }

  /**
   * Removes the parts that no journal names: copies, and what they are copies of, that a holder
   * left who died in between.
   *
   * @param named the parts in the journal, relative to the claim's work directory
   */
  public void removeOthers(Claim claim, Set<String> named) throws IOException {
    Set<Path> directories = new HashSet<>();
    Set<Path> parts = new HashSet<>();
    for (String name : named) {
      Path part = claim.work().resolve(FilePaths.checked(name));
      parts.add(part);
      Optional.ofNullable(part.getParent()).ifPresent(directories::add);
    }
    directories.remove(claim.work());
    for (Path directory : directories) {
      if (calls.stat(directory).filter(FileStat::isDirectory).isPresent()) {
        for (Path path : calls.entries(directory)) {
          if (!parts.contains(path)) {
            DirectoryTree.remove(calls, path);
          }
        }
      }
    }
  }

  /** A lease tells on a local file system; on a network one the file's age in takeovers does. */
  private boolean mustCopy(Claim claim, String name, Path part) throws IOException {
    return network ? isInherited(claim, name) : calls.mayHaveWriter(part);
  }

  private static int madeIn(String name) {
    var matcher = MADE_IN.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(2)) : 1;
  }

  private static String freshName(Claim claim, String name) {
    var matcher = MADE_IN.matcher(name);
    String base = matcher.matches() ? matcher.group(1) : name;
    int number = Math.max(claim.workNumber(), madeIn(name) + 1);
    return base + "-w" + number;
  }

  private static Optional<BlockCrcs> crcs(JournalFile file) {
    if (file.crc32c().isEmpty()) {
      return Optional.empty();
    }
    try {
      Blocks blocks = new Blocks(Blocks.SIZE_BYTES, file.crc32c().get());
      return Optional.of(BlockCrcs.of(blocks, file.sizeBytes()));
    } catch (IllegalArgumentException e) {
      // A journal that cannot be right about the blocks is right about none.
      return Optional.empty();
    }
  }

  /** The blocks that are what the journal says; each is read once, and copied on the way. */
  private BitSet compare(Path part, Optional<Path> copy, JournalFile file, BlockCrcs crcs)
      throws IOException {
    if (copy.isEmpty()) {
      try (OpenFile in = calls.openForReading(part)) {
        return compare(in, Optional.empty(), file, crcs);
      }
    }
    try (OpenFile in = calls.openForReading(part);
        OpenFile out = calls.openForWriting(copy.get())) {
      return compare(in, Optional.of(out), file, crcs);
    }
  }

  private static BitSet compare(
      OpenFile in, Optional<OpenFile> out, JournalFile file, BlockCrcs crcs) throws IOException {
    BitSet good = new BitSet();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (int block : file.blocksDone().orElse(BlockRanges.NONE).stream().toArray()) {
      if (block < crcs.count()
          && crc32c(in, out, file, block, buffer).equals(Optional.of(crcs.get(block)))) {
        good.set(block);
      }
    }
    return good;
  }

  /** The CRC32C of a block; empty if the file ends before it does. */
  private static Optional<Integer> crc32c(
      OpenFile in, Optional<OpenFile> out, JournalFile file, int block, ByteBuffer buffer)
      throws IOException {
    CRC32C crc = new CRC32C();
    long at = (long) block * Blocks.SIZE_BYTES;
    long end = Math.min(file.sizeBytes(), at + Blocks.SIZE_BYTES);
    while (at < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      int read = in.read(buffer, at);
      if (read == 0) {
        return Optional.empty();
      }
      crc.update(buffer.array(), 0, read);
      if (out.isPresent()) {
        buffer.flip();
        out.get().write(buffer, at);
      }
      at += read;
    }
    return Optional.of((int) crc.getValue());
  }

  private void reserve(Path part, long sizeBytes) throws IOException {
    if (!fallocate) {
      return;
    }
    try {
      calls.allocate(part, sizeBytes);
    } catch (IOException e) {
      DirectoryTree.remove(calls, part);
      throw e;
    }
  }
}
