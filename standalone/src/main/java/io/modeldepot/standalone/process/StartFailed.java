package io.modeldepot.standalone.process;

import java.nio.file.Path;
import java.util.List;

/** A part of the depot that did not get ready. */
final class StartFailed extends Exception {
  private static final long serialVersionUID = 1L;

  StartFailed(String name, Path log, List<String> lastLines) {
    super(
        "%s did not get ready. The last lines of %s:%n  %s"
            .formatted(name, log, String.join(System.lineSeparator() + "  ", lastLines)));
  }

  StartFailed(String sentence) {
    super(sentence);
  }
}
