package io.modeldepot.store.archive;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.frame.Frame;
import io.modeldepot.store.frame.FrameEncoder;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Packs the files of a tree into one file of frames, and verifies them on the way. */
final class Packer {
  private final FileCalls calls;
  private final LongConsumer read;
  private final byte[] block = new byte[FrameEncoder.BLOCK_BYTES];
  private long at;

  /**
   * @param read told how many bytes of the tree were read
   */
  Packer(FileCalls calls, LongConsumer read) {
    this.calls = calls;
    this.read = read;
  }

  /**
   * Packs.
   *
   * @return every content, once, in the order in which they lie
   * @throws DamagedArchive if a file is not what the manifest says; it should not be archived so
   */
  List<ArchivedContent> pack(Manifest manifest, Path tree, Path frames, int mode)
      throws IOException {
    List<ArchivedContent> contents = new ArrayList<>();
    Set<Sha256> packed = new HashSet<>();
    try (OpenFile into = calls.create(frames, mode);
        FrameEncoder encoder = new FrameEncoder()) {
      for (ManifestFile file : manifest.files()) {
        if (file.present() && packed.add(ArchiveShelf.digest(file))) {
          contents.add(pack(file, Layout.below(tree, file.path()), encoder, into));
        }
      }
      into.sync();
    }
    return contents;
  }

  private ArchivedContent pack(ManifestFile file, Path path, FrameEncoder encoder, OpenFile into)
      throws IOException {
    Sha256 wanted = ArchiveShelf.digest(file);
    long begin = at;
    List<ArchivedContent.Packed> frames = new ArrayList<>();
    Digester digester = Digester.sha256(file.sizeBytes());
    try (OpenFile from = calls.openForReading(path)) {
      if (from.size() != file.sizeBytes()) {
        throw new DamagedArchive(
            path.toString(), "it has " + from.size() + " bytes, not " + file.sizeBytes());
      }
      for (long done = 0; done < file.sizeBytes(); ) {
        int length = (int) Math.min(block.length, file.sizeBytes() - done);
        if (from.read(ByteBuffer.wrap(block, 0, length), done) != length) {
          throw new DamagedArchive(path.toString(), "it became shorter");
        }
        digester.update(block, 0, length);
        Frame frame = encoder.encode(block, length);
        into.write(ByteBuffer.wrap(frame.bytes(), 0, frame.length()), at);
        frames.add(new ArchivedContent.Packed(frame.transform().code(), frame.length()));
        at += frame.length();
        done += length;
        read.accept(length);
      }
    }
    Sha256 found = digester.finish().sha256();
    if (!found.equals(wanted)) {
      throw new DamagedArchive(path.toString(), "its content is " + found + ", not " + wanted);
    }
    return new ArchivedContent(wanted, file.sizeBytes(), begin, frames);
  }
}
