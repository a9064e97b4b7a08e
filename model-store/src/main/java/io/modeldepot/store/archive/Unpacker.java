package io.modeldepot.store.archive;

import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.frame.DamagedFrame;
import io.modeldepot.store.frame.FrameDecoder;
import io.modeldepot.store.frame.FrameEncoder;
import io.modeldepot.store.frame.Transform;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Unpacks contents out of a file of frames, each verified. For one thread. */
final class Unpacker implements AutoCloseable {
  private final Path frames;
  private final OpenFile from;
  private final FrameDecoder decoder = new FrameDecoder();
  private final byte[] raw = new byte[FrameEncoder.BLOCK_BYTES];
  private byte[] packed = new byte[0];

  Unpacker(FileCalls calls, Path frames) throws IOException {
    this.frames = frames;
    this.from = open(calls, frames);
  }

  private static OpenFile open(FileCalls calls, Path frames) throws IOException {
    try {
      return calls.openForReading(frames);
    } catch (FileCallFailed e) {
      throw e.errno() == Errno.ENOENT ? new DamagedArchive(frames.toString(), "it is missing") : e;
    }
  }

  /** Takes the bytes of a content, in order. */
  interface Taker {
    /** Bytes from 0 that belong at a position; the array is good until this returns. */
    void take(byte[] bytes, int length, long position) throws IOException;
  }

  /**
   * Unpacks a content.
   *
   * @param done told how many bytes came
   * @throws DamagedArchive if it is not what its digest says; the taker has had wrong bytes then
   */
  void unpack(ArchivedContent content, Taker taker, LongConsumer done) throws IOException {
    Digester digester = Digester.sha256(content.sizeBytes());
    long at = content.at();
    for (ArchivedContent.Packed frame : content.frames()) {
      long position = digester.done();
      int length = (int) Math.min(raw.length, content.sizeBytes() - position);
      read(frame.bytes(), at);
      try {
        decoder.decode(Transform.of(frame.transform()), packed, 0, frame.bytes(), raw, length);
      } catch (DamagedFrame e) {
        throw new DamagedArchive(frames + " at " + at, e);
      }
      digester.update(raw, 0, length);
      taker.take(raw, length, position);
      at += frame.bytes();
      done.accept(length);
    }
    if (digester.done() != content.sizeBytes()) {
      throw new DamagedArchive(frames.toString(), content.sha256() + " is shorter than it was");
    }
    if (!digester.finish().sha256().equals(content.sha256())) {
      throw new DamagedArchive(frames.toString(), content.sha256() + " has other bytes");
    }
  }

  private void read(int length, long at) throws IOException {
    if (length > FrameEncoder.BLOCK_BYTES || at + length > from.size()) {
      throw new DamagedArchive(
          frames + " at " + at, "a frame of " + length + " bytes is not there");
    }
    if (packed.length < length) {
      packed = new byte[length];
    }
    if (from.read(ByteBuffer.wrap(packed, 0, length), at) != length) {
      throw new DamagedArchive(frames.toString(), "it became shorter");
    }
  }

  @Override
  public void close() throws IOException {
    decoder.close();
    from.close();
  }
}
