package io.modeldepot.backup.seal;

import java.io.IOException;

/** Seals bytes, opens them, and names blocks. Safe for threads. */
public interface Seal {
  /**
   * Seals bytes.
   *
   * @param purpose what they are, so that they open as nothing else
   */
  byte[] seal(byte[] plain, int from, int length, String purpose);

  /**
   * Opens what was sealed for the same purpose.
   *
   * @throws BrokenSeal if it was changed, is something else, or was sealed with another key
   */
  byte[] open(byte[] sealed, int from, int length, String purpose) throws IOException;

  /** How many bytes sealing adds. */
  int overhead();

  /** The id of a block. */
  BlockId id(byte[] raw, int length);

  /** Bytes that lie open: no seal. */
  static Seal none() {
    return OpenSeal.INSTANCE;
  }
}
