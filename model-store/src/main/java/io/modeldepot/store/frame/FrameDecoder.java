package io.modeldepot.store.frame;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;

/** Unpacks frames, one at a time; for one thread. The holder closes it. */
public final class FrameDecoder implements AutoCloseable {
  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private byte[] grouped = new byte[0];

  /**
   * Unpacks a frame into a buffer, from 0. Whether these are the right bytes only their digest
   * says.
   *
   * @param rawLength how many bytes it must give
   * @throws DamagedFrame if it gives others
   */
  public void decode(
      Transform transform, byte[] frame, int from, int length, byte[] raw, int rawLength)
      throws IOException {
    if (rawLength < 0 || rawLength > raw.length || rawLength > FrameEncoder.BLOCK_BYTES) {
      throw new DamagedFrame("it claims to hold " + rawLength + " bytes");
    }
    if (transform == Transform.STORED) {
      if (length != rawLength) {
        throw new DamagedFrame("it stores " + length + " bytes, not " + rawLength);
      }
      System.arraycopy(frame, from, raw, 0, length);
    } else if (transform.planes() == 1) {
      unpack(frame, from, length, raw, rawLength);
    } else {
      if (grouped.length < rawLength) {
        grouped = new byte[rawLength];
      }
      unpack(frame, from, length, grouped, rawLength);
      Planes.ungroup(grouped, rawLength, transform.planes(), raw);
    }
  }

  private void unpack(byte[] frame, int from, int length, byte[] into, int rawLength)
      throws IOException {
    int size;
    try {
      size = zstd.decompressByteArray(into, 0, rawLength, frame, from, length);
    } catch (ZstdException e) {
      throw new DamagedFrame(String.valueOf(e.getMessage()), e);
    }
    if (size != rawLength) {
      throw new DamagedFrame("it holds " + size + " bytes, not " + rawLength);
    }
  }

  @Override
  public void close() {
    zstd.close();
  }
}
