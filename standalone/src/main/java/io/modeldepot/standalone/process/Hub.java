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

  /**
   * The hub that a word means.
   *
   * @param origin where the word stands, for the error
   */
  static Hub of(String origin, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "demo" -> new Demo();
      case "huggingface" -> new At("https://huggingface.co");
      default -> {
        if (!word.matches("https?://.+")) {
          throw new IllegalArgumentException(
              origin
                  + " must be demo, huggingface or a URL such as https://hub.example, not "
                  + word
                  + ".");
        }
        yield new At(word);
      }
    };
  }
}
