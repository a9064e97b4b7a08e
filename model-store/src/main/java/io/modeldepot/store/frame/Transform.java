package io.modeldepot.store.frame;

import java.io.IOException;

/** What was done to a block's bytes; its code is written down with every frame. */
public enum Transform {
  /** Compressed as they are. */
  NONE(0, 1),
  /** The even bytes, then the odd ones, then compressed: bf16 and fp16. */
  TWO_PLANES(1, 2),
  /** Every fourth byte, four times, then compressed: fp32. */
  FOUR_PLANES(2, 4),
  /** As they are, not compressed: it would not have been worth it. */
  STORED(3, 1);

  private final int code;
  private final int planes;

  Transform(int code, int planes) {
    this.code = code;
    this.planes = planes;
  }

  /** The byte that is written down. */
  public int code() {
    return code;
  }

  /** How many planes the bytes are grouped into. */
  int planes() {
    return planes;
  }

  /**
   * The transform of a code.
   *
   * @throws DamagedFrame if there is none
   */
  public static Transform of(int code) throws IOException {
    for (Transform transform : values()) {
      if (transform.code == code) {
        return transform;
      }
    }
    throw new DamagedFrame("no transform has the code " + code);
  }
}
