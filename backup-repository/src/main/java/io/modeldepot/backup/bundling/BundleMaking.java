package io.modeldepot.backup.bundling;

import io.modeldepot.backup.bundle.BadBundle;
import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.backup.bundle.BundleNames;
import io.modeldepot.backup.bundle.BundlePart;
import io.modeldepot.backup.bundle.IndexFile;
import io.modeldepot.backup.bundle.Vouching;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a bundle into a directory of its own. What was stopped is gone on with by the same plan:
 * parts that are there and whole are kept. A directory with an index is a finished bundle; until
 * then it has {@link BundleNames#UNFINISHED}.
 */
public final class BundleMaking {
  private static final int MODE = 0644;

  private final FileCalls calls;
  private final Path directory;
  private final Optional<ModelSigner> signer;

  /**
   * @param directory exists
   * @param signer signs the index; without one only its digest is written
   */
  public BundleMaking(FileCalls calls, Path directory, Optional<ModelSigner> signer) {
    this.calls = calls;
    this.directory = directory;
    this.signer = signer;
  }

  /**
   * What was made.
   *
   * @param index the finished one
   * @param writtenBytes of parts that were written now
   * @param keptBytes of parts that were there
   */
  public record Report(BundleIndex index, long writtenBytes, long keptBytes) {}

  /**
   * Makes it, once; made again it is read, and what is damaged of it is written anew.
   *
   * @throws BadBundle if another bundle is in the directory; it is left alone
   * @throws io.modeldepot.backup.export.WrongContent if a file is not what its manifest says; there
   *     is no finished bundle then
   */
  public Report make(BundlePlan plan, Watcher watcher) throws IOException {
    BundleIndex wanted = plan.index().orElseThrow();
    Map<Integer, BundlePart> there = begun(wanted);
    BundleIndex index = there.isEmpty() ? wanted : asBegun(wanted);
    noteUnfinished(index.with(List.of()), there);
    ContentStream stream = new ContentStream(calls, index.contents(), plan.origins());
    List<BundlePart> parts = new ArrayList<>();
    long written = 0;
    for (int number = 1; number <= index.partCount(); number++) {
      long before = (number - 1) * index.partBytes();
      BundlePart known = there.get(number);
      if (known != null && isWhole(known, before, index, watcher)) {
        parts.add(known);
        continue;
      }
      parts.add(write(number, index, stream, watcher));
      written += index.lengthOf(number);
      there.remove(number);
      noteUnfinished(index.with(parts), there);
    }
    BundleIndex finished = index.with(parts);
    finish(finished);
    return new Report(finished, written, finished.contentBytes() - written);
  }

  /** The parts that an attempt before this one wrote, by their number; not looked at yet. */
  private Map<Integer, BundlePart> begun(BundleIndex wanted) throws IOException {
    Optional<byte[]> finished = IndexFile.read(calls, directory.resolve(BundleNames.INDEX));
    if (finished.isPresent()) {
      BundleIndex other = IndexFile.parse(finished.get());
      if (!other.id().equals(wanted.id())) {
        throw new BadBundle(
            BadBundle.Kind.ELSEWHERE,
            directory
                + " holds another bundle, "
                + other.id()
                + ", made "
                + other.createdAt()
                + ".",
            "name an empty directory, or remove that bundle yourself");
      }
      // From here on it does not look finished.
      calls.rename(directory.resolve(BundleNames.INDEX), directory.resolve(BundleNames.UNFINISHED));
    } else {
      requireOurs();
    }
    Map<Integer, BundlePart> parts = new HashMap<>();
    unfinished()
        .filter(index -> index.id().equals(wanted.id()))
        .ifPresent(index -> index.parts().forEach(part -> parts.put(number(part), part)));
    return parts;
  }

  private static int number(BundlePart part) {
    return Integer.parseInt(part.file().substring("part-".length(), part.file().indexOf('.')));
  }

  private Optional<BundleIndex> unfinished() throws IOException {
    Optional<byte[]> file = IndexFile.read(calls, directory.resolve(BundleNames.UNFINISHED));
    return file.isPresent() ? Optional.of(IndexFile.parse(file.get())) : Optional.empty();
  }

  private BundleIndex asBegun(BundleIndex wanted) throws IOException {
    return unfinished().map(index -> index.with(List.of())).orElse(wanted);
  }

  /**
   * Nobody's files are written over: there is an unfinished bundle, the start of one, or nothing.
   */
  private void requireOurs() throws IOException {
    List<String> names = new ArrayList<>(calls.list(directory));
    names.remove(BundleNames.UNFINISHED + BundleNames.PARTIAL);
    if (!names.isEmpty() && !names.contains(BundleNames.UNFINISHED)) {
      throw new BadBundle(
          BadBundle.Kind.ELSEWHERE,
          directory + " is not empty, and what is in it is no bundle.",
          "name an empty directory");
    }
  }

  private void noteUnfinished(BundleIndex index, Map<Integer, BundlePart> known)
      throws IOException {
    List<BundlePart> parts = new ArrayList<>(index.parts());
    // What is known of later parts is worth keeping only as far as nothing is missing before them.
    for (int number = parts.size() + 1; known.containsKey(number); number++) {
      parts.add(known.get(number));
    }
    put(BundleNames.UNFINISHED, IndexFile.bytes(index.with(parts)));
  }

  private boolean isWhole(BundlePart part, long before, BundleIndex index, Watcher watcher)
      throws IOException {
    Path file = directory.resolve(part.file());
    Optional<FileStat> stat = calls.stat(file);
    if (stat.isEmpty() || !stat.get().isFile() || stat.get().sizeBytes() != part.sizeBytes()) {
      return false;
    }
    long[] read = {before};
    FileDigests digests =
        Digests.of(
            calls,
            file,
            bytes -> {
              read[0] += bytes;
              watcher.at(read[0], index.contentBytes(), index.partCount());
            });
    return digests.sha256().equals(part.sha256());
  }

  private BundlePart write(int number, BundleIndex index, ContentStream stream, Watcher watcher)
      throws IOException {
    String name = BundleNames.part(number);
    Path partial = directory.resolve(name + BundleNames.PARTIAL);
    long from = (number - 1) * index.partBytes();
    Digester digester = Digester.sha256(index.lengthOf(number));
    removeIfThere(partial);
    boolean done = false;
    try {
      try (OpenFile open = calls.create(partial, MODE)) {
        stream.copy(
            from,
            from + index.lengthOf(number),
            (bytes, offset, length) -> {
              open.write(ByteBuffer.wrap(bytes, offset, length), digester.done());
              digester.update(bytes, offset, length);
              watcher.at(from + digester.done(), index.contentBytes(), index.partCount());
            });
        open.sync();
      }
      calls.rename(partial, directory.resolve(name));
      calls.syncDirectory(directory);
      done = true;
    } finally {
      if (!done) {
        removeIfThere(partial);
      }
    }
    FileDigests digests = digester.finish();
    return new BundlePart(name, digests.sizeBytes(), digests.sha256(), digests.blocks());
  }

  /** The index comes last: with it the bundle is one. */
  private void finish(BundleIndex index) throws IOException {
    byte[] written = IndexFile.bytes(index);
    put(BundleNames.SUMS, Vouching.sums(index, written));
    if (signer.isPresent()) {
      put(BundleNames.SIGNATURE, Vouching.sign(index, written, signer.get()));
    } else {
      removeIfThere(directory.resolve(BundleNames.SIGNATURE));
    }
    removeSurplus(index);
    put(BundleNames.INDEX, written);
    removeIfThere(directory.resolve(BundleNames.UNFINISHED));
  }

  /** Parts of a longer bundle that was begun here and never finished. */
  private void removeSurplus(BundleIndex index) throws IOException {
    for (int number = index.partCount() + 1;
        calls.stat(directory.resolve(BundleNames.part(number))).isPresent();
        number++) {
      calls.unlink(directory.resolve(BundleNames.part(number)));
    }
  }

  private void put(String name, byte[] content) throws IOException {
    SafeFile.replace(
        calls,
        directory.resolve(name + BundleNames.PARTIAL),
        directory.resolve(name),
        content,
        MODE);
  }

  private void removeIfThere(Path file) throws IOException {
    if (calls.stat(file).isPresent()) {
      calls.unlink(file);
    }
  }
}
