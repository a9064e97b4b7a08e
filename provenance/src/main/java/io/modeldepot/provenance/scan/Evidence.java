package io.modeldepot.provenance.scan;

import io.modeldepot.provenance.pickle.ImportName;
import io.modeldepot.provenance.pickle.PickleFinding;
import io.modeldepot.provenance.pickle.PickleReport;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells a pickle that breaks off from bytes that never were one. What breaks before it has imported
 * anything has run nothing, in any reader, so it is data. What breaks later is a pickle, whole or
 * not: its first half has run by then.
 *
 * <p>One doubt is left and decided for the file: a text without a pickle's first byte, under a name
 * that is not a pickle's, may read as an import of two of its words. It counts once it goes on to
 * call something or comes to a pickle's end.
 */
final class Evidence {
  private static final Pattern IMPORTABLE = Pattern.compile("[\\p{L}\\p{N}_.]+");

  private final String path;
  private final boolean named;

  /**
   * @param named whether the file's name is that of a pickle
   */
  Evidence(String path, boolean named) {
    this.path = path;
    this.named = named;
  }

  /** Whether it is a pickle at all, good or bad. */
  boolean isPickle(PickleReport report, boolean headed) {
    return report.complete() || happened(report, headed);
  }

  /**
   * What speaks against the bytes.
   *
   * @param headed whether they begin with the byte that says the protocol
   * @param first whether they are where a file's first pickle should be
   */
  List<Finding> of(PickleReport report, boolean headed, boolean first) {
    if (report.tooLarge()) {
      return with(report, report.broken());
    }
    if (report.complete()) {
      return with(report, Optional.empty());
    }
    boolean expected = named && first;
    return expected || happened(report, headed) ? with(report, report.broken()) : List.of();
  }

  private boolean happened(PickleReport report, boolean headed) {
    if (headed || named) {
      return report.imports() > 0;
    }
    return report.calls() > 0 && report.findings().stream().anyMatch(Evidence::plausible);
  }

  private List<Finding> with(PickleReport report, Optional<String> broken) {
    List<Finding> findings =
        new java.util.ArrayList<>(report.findings().stream().map(this::suspicious).toList());
    broken.ifPresent(
        why ->
            findings.add(
                new Finding(
                    path,
                    report.end(),
                    Finding.Kind.MALFORMED,
                    Optional.empty(),
                    "The pickle breaks off: " + why)));
    return findings;
  }

  private Finding suspicious(PickleFinding finding) {
    return new Finding(
        path, finding.offset(), Finding.Kind.SUSPICIOUS, finding.imported(), finding.problem());
  }

  private static boolean plausible(PickleFinding finding) {
    return finding
        .imported()
        .map(ImportName::toString)
        .map(name -> IMPORTABLE.matcher(name).matches())
        .orElse(true);
  }
}
