package io.modeldepot.provenance.scan;

import java.util.List;

/**
 * What one file would do when it is loaded.
 *
 * @param path in the repository
 * @param verdict the worst of what was found
 * @param findings why, in the order found; at most a hundred
 */
public record FileScan(String path, Verdict verdict, List<Finding> findings) {
  /** Keeps a copy. */
  public FileScan {
    findings = List.copyOf(findings);
  }
}
