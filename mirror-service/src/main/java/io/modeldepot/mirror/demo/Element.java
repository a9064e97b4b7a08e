package io.modeldepot.mirror.demo;

/**
 * Two kinds of 16-bit numbers. Values are drawn so that they look like weights: signs and mantissas
 * evenly, exponents near those of 0.02, small ones rarer.
 */
enum Element {
  F16("float16") {
    @Override
    short of(int random) {
      int exponent = 9 - Integer.numberOfTrailingZeros((random >>> 10 & 0x1f) | 0x20);
      return (short) ((random & 0x83ff) | exponent << 10);
    }
  },
  BF16("bfloat16") {
    @Override
    short of(int random) {
      int exponent = 121 - Integer.numberOfTrailingZeros((random >>> 7 & 0xff) | 0x100);
      return (short) ((random & 0x807f) | exponent << 7);
    }
  };

  static final int BYTES = 2;
  private final String torchName;

  Element(String torchName) {
    this.torchName = torchName;
  }

  /** As config.json spells it. */
  String torchName() {
    return torchName;
  }

  /** A number from 16 random bits. */
  abstract short of(int random);
}
