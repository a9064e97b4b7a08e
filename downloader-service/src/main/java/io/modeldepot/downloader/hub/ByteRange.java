package io.modeldepot.downloader.hub;

/**
 * Bytes of a file, half open.
 *
 * @param from first byte, at least 0
 * @param to first byte after, at least {@code from}
 */
public record ByteRange(long from, long to) {
  public ByteRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("Not a range of bytes: " + from + " to " + to);
    }
  }

  public long sizeBytes() {
    return to - from;
  }
}
