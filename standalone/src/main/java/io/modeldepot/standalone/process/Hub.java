package io.modeldepot.standalone.process;

import java.util.Locale;

/** Where models come from. */
sealed interface Hub {

  /** A hub of our own, with small models under the catalog's names; needs no network. */
  record Demo() implements Hub {}

  /**
   * A hub that is reached by its address.
   *
   * @param endpoint its base URL; several, in order of preference, are separated by commas
   */
  record At(String endpoint) implements Hub {}

  /** The hub that a word on the command line means. */
  static Hub of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "demo" -> new Demo();
      case "huggingface" -> new At("https://huggingface.co");
      default -> {
        if (!word.matches("https?://.+")) {
          throw new IllegalArgumentException("--hub must be demo, huggingface or a URL.");
        }
        yield new At(word);
      }
    };
  }
}
