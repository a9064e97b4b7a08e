package io.modeldepot.backup.unbundle;

import io.modeldepot.backup.bundle.BadBundle;
import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.backup.bundle.BundlePart;
import io.modeldepot.backup.bundle.BundledContent;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.BlockCrcs;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads all parts of a bundle once and says what is wrong with each of them. */
final class PartsReading {
  private static final int BUFFER_BYTES = 128 << 10;
  private static final int MOST_SHOWN = 20;

  private final FileCalls calls;
  private final Path directory;
  private final BundleIndex index;
  private final Set<Sha256> kept;
  private final List<String> faults = new ArrayList<>();
  private final List<BundledContent> suspects = new ArrayList<>();
  private final Map<Sha256, byte[]> found = new HashMap<>();
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private int at;
  private Digester content;

  /**
   * @param kept contents that are small and wanted
   */
  PartsReading(FileCalls calls, Path directory, BundleIndex index, Set<Sha256> kept) {
    this.calls = calls;
    this.directory = directory;
    this.index = index;
    this.kept = kept;
    this.content = Digester.sha256(index.contents().getFirst().sizeBytes());
  }

  /**
   * Reads them.
   *
   * @return the contents that are wanted
   * @throws BadBundle that names every part that is missing or damaged, with the place
   */
  Map<Sha256, byte[]> read(Watcher watcher) throws IOException {
    for (BundlePart part : index.parts()) {
      if (isThere(part)) {
        read(part, watcher);
      }
    }
    if (!faults.isEmpty()) {
      int more = faults.size() - MOST_SHOWN;
      throw new BadBundle(
          BadBundle.Kind.DAMAGED,
          String.join("; ", faults.subList(0, Math.min(faults.size(), MOST_SHOWN)))
              + (more > 0 ? "; and " + more + " more" : ""),
          "copy what is named again from where it was made, then repeat this");
    }
    nextIfWhole();
    if (!suspects.isEmpty()) {
      throw wrong(suspects.getFirst());
    }
    return found;
  }

  private String named(BundlePart part) {
    int number = index.parts().indexOf(part) + 1;
    return "part " + number + " of " + index.partCount() + " (" + part.file() + ")";
  }

  private boolean isThere(BundlePart part) throws IOException {
    Optional<FileStat> stat = calls.stat(directory.resolve(part.file()));
    if (stat.isEmpty()) {
      faults.add(named(part) + " is missing");
    } else if (!stat.get().isFile()) {
      faults.add(named(part) + " is no regular file");
    } else if (stat.get().sizeBytes() != part.sizeBytes()) {
      faults.add(
          "%s has %,d bytes instead of %,d"
              .formatted(named(part), stat.get().sizeBytes(), part.sizeBytes()));
    } else {
      return true;
    }
    return false;
  }

  private void read(BundlePart part, Watcher watcher) throws IOException {
    long before = index.parts().indexOf(part) * index.partBytes();
    Digester digester = Digester.sha256(part.sizeBytes());
    try (OpenFile open = calls.openForReading(directory.resolve(part.file()))) {
      while (digester.done() < part.sizeBytes()) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, part.sizeBytes() - digester.done()));
        int read = open.read(buffer, digester.done());
        if (read == 0) {
          faults.add(named(part) + " became shorter while it was read");
          return;
        }
        digester.update(buffer.array(), 0, read);
        if (faults.isEmpty()) {
          contents(buffer.array(), read);
        }
        watcher.at(before + digester.done(), index.contentBytes(), index.partCount());
      }
    } catch (FileCallFailed e) {
      faults.add(named(part) + " cannot be read: " + e.getMessage());
      return;
    }
    FileDigests digests = digester.finish();
    if (!digests.sha256().equals(part.sha256())) {
      faults.add(named(part) + " is damaged" + where(part, digests.blocks()));
    }
  }

  /** Between which bytes it is damaged, as far as the blocks say. */
  private static String where(BundlePart part, Blocks here) {
    BlockCrcs wanted;
    try {
      wanted = BlockCrcs.of(part.blocks(), part.sizeBytes());
    } catch (IllegalArgumentException e) {
      return "";
    }
    BlockCrcs found = BlockCrcs.of(here, part.sizeBytes());
    for (int block = 0; block < wanted.count(); block++) {
      if (wanted.get(block) != found.get(block)) {
        long begin = (long) block * Blocks.SIZE_BYTES;
        long end = Math.min(part.sizeBytes(), begin + Blocks.SIZE_BYTES);
        return " between byte %,d and byte %,d".formatted(begin, end);
      }
    }
    return "";
  }

  private void contents(byte[] bytes, int length) {
    int offset = 0;
    while (offset < length) {
      nextIfWhole();
      BundledContent now = index.contents().get(at);
      int piece = (int) Math.min(length - offset, now.sizeBytes() - content.done());
      content.update(bytes, offset, piece);
      if (kept.contains(now.sha256())) {
        held.write(bytes, offset, piece);
      }
      offset += piece;
    }
  }

  /** A wrong content counts once the parts are right: else the part is to blame. */
  private void nextIfWhole() {
    while (at < index.contents().size() && content.done() == index.contents().get(at).sizeBytes()) {
      BundledContent now = index.contents().get(at);
      if (!content.finish().sha256().equals(now.sha256())) {
        suspects.add(now);
      }
      if (kept.contains(now.sha256())) {
        found.put(now.sha256(), held.toByteArray());
        held.reset();
      }
      at++;
      if (at < index.contents().size()) {
        content = Digester.sha256(index.contents().get(at).sizeBytes());
      }
    }
  }

  private static BadBundle wrong(BundledContent content) {
    return new BadBundle(
        BadBundle.Kind.DAMAGED,
        "The content " + content.sha256() + " is not what the index says, though every part is.",
        "have the bundle made again");
  }
}
