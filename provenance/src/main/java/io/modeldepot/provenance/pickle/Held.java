package io.modeldepot.provenance.pickle;

/** What a reader would hold at a place of its stack, as far as it matters here. */
sealed interface Held {
  /** A text that is short enough to name an import. */
  record Text(String value) implements Held {}

  /** What an import returned. */
  record Imported(ImportName name) implements Held {}

  /** What cannot be called without harm and cannot name an import. */
  enum Other implements Held {
    /** Numbers, containers, bytes, what a call returned. */
    VALUE,
    /** An import of which the name is not known. */
    UNKNOWN_IMPORT
  }
}
