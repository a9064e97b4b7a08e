package io.modeldepot.backup.restore;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.Blobs;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Writes contents to files, verified while they are written. */
final class ContentWriter {
  private final FileCalls calls;
  private final BlockFetch blocks;

  ContentWriter(FileCalls calls, BlockFetch blocks) {
    this.calls = calls;
    this.blocks = blocks;
  }

  /**
   * Writes a content to a new file, read-only and synced; its name is not durable yet. If it is not
   * what its digest says there is no file.
   *
   * @param done told how many bytes were written
   * @throws DamagedObject if the repository does not have it as it was
   */
  void write(Sha256 digest, SavedContent content, Path file, LongConsumer done)
      throws IOException, InterruptedException {
    boolean whole = false;
    try (OpenFile open = calls.create(file, Blobs.CONTENT_MODE)) {
      Digester digester = Digester.sha256(content.sizeBytes());
      blocks.each(
          content,
          block -> {
            long at = digester.done();
            if (at + block.length > content.sizeBytes()) {
              throw new DamagedObject("content " + digest, "it is longer than it was");
            }
            digester.update(block, 0, block.length);
            open.write(ByteBuffer.wrap(block), at);
            done.accept(block.length);
          });
      if (digester.done() != content.sizeBytes()) {
        throw new DamagedObject("content " + digest, "it is shorter than it was");
      }
      if (!digester.finish().sha256().equals(digest)) {
        throw new DamagedObject("content " + digest, "its blocks are whole, but not in this order");
      }
      open.sync();
      whole = true;
    } finally {
      if (!whole && calls.stat(file).isPresent()) {
        calls.unlink(file);
      }
    }
  }
}
