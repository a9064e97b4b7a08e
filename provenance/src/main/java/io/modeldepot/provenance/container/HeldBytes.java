package io.modeldepot.provenance.container;

/** Bytes in memory. */
public final class HeldBytes implements Bytes {
  private final byte[] bytes;

  /**
   * @param bytes not copied
   */
  public HeldBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long at, byte[] into, int offset, int length) {
    int count = (int) Math.max(0, Math.min(length, bytes.length - at));
    if (count > 0) {
      System.arraycopy(bytes, (int) at, into, offset, count);
    }
    return count;
  }
}
