package io.modeldepot.backup.save;

import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.snapshot.RegistryPart;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.frame.FrameEncoder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Saves the registry's dump, block by block as it comes. */
final class DumpSaver {
  private final BlockPacking packing;

  DumpSaver(BlockPacking packing) {
    this.packing = packing;
  }

  /**
   * Saves it, or says why there is none.
   *
   * @param contents where its blocks are named
   */
  RegistryPart save(RegistryData data, Map<Sha256, SavedContent> contents) throws IOException {
    Splitting into = new Splitting();
    RegistryData.AuditHead head;
    try {
      head = data.writeTo(into);
    } catch (IOException e) {
      if (into.failed.isPresent()) {
        throw into.failed.get();
      }
      return RegistryPart.absent(String.valueOf(e.getMessage()));
    }
    into.cut();
    Sha256 digest = Sha256.of(HexFormat.of().formatHex(into.digest.digest()));
    contents.put(digest, new SavedContent(into.total, into.ids));
    return new RegistryPart(
        Optional.empty(), Optional.of(digest), Optional.of(head.seq()), Optional.of(head.hash()));
  }

  private final class Splitting extends OutputStream {
    private final MessageDigest digest = sha256();
    private final List<BlockId> ids = new ArrayList<>();
    private byte[] block = new byte[1 << 16];
    private int filled;
    private long total;
    private Optional<IOException> failed = Optional.empty();

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int from = offset;
      while (from < offset + length) {
        int piece = Math.min(FrameEncoder.BLOCK_BYTES - filled, offset + length - from);
        if (block.length < filled + piece) {
          block =
              java.util.Arrays.copyOf(
                  block,
                  Math.min(FrameEncoder.BLOCK_BYTES, Math.max(filled + piece, 2 * block.length)));
        }
        System.arraycopy(bytes, from, block, filled, piece);
        filled += piece;
        from += piece;
        if (filled == FrameEncoder.BLOCK_BYTES) {
          cut();
        }
      }
      digest.update(bytes, offset, length);
      total += length;
    }

    void cut() throws IOException {
      if (filled == 0) {
        return;
      }
      try {
        ids.add(packing.block(block, filled));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw remember(new InterruptedIOException("interrupted while the registry was saved"));
      } catch (IOException e) {
        throw remember(e);
      }
      filled = 0;
    }

    /** What the repository refuses ends the backup; what the registry refuses does not. */
    private IOException remember(IOException e) {
      failed = Optional.of(e);
      return e;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
