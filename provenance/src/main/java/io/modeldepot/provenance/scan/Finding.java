package io.modeldepot.provenance.scan;

import io.modeldepot.provenance.pickle.ImportName;
import java.util.Optional;

/**
 * Why a file is not allowed.
 *
 * @param path of the file in the repository; a part of it after {@code !}
 * @param offset in that file or part, in bytes
 * @param kind what it means
 * @param imported the import, where there is one and its name is known
 * @param problem a sentence
 */
public record Finding(
    String path, long offset, Kind kind, Optional<ImportName> imported, String problem) {
  /** What a finding means. */
  public enum Kind {
    /** It would run something that a checkpoint does not need. */
    SUSPICIOUS,
    /** It is not what it says it is, or cannot be looked into. */
    MALFORMED
  }

  /** In one line, for people: the file, the place, the sentence. */
  public String inWords() {
    return "%s, byte %d: %s".formatted(path, offset, problem);
  }
}
