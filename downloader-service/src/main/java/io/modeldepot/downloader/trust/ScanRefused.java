package io.modeldepot.downloader.trust;

import io.modeldepot.events.terms.Problem;
import java.io.IOException;

/** What came in would run code, and the policy refuses it. */
public final class ScanRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ScanRefused(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** The same, for whoever asked. */
  public Problem problem() {
    return problem;
  }
}
