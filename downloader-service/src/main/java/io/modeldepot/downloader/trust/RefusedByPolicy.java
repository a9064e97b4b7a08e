package io.modeldepot.downloader.trust;

import io.modeldepot.events.terms.Problem;
import java.io.IOException;

/** The policy refuses what came in: it would run code, or nobody who is trusted signed it. */
public final class RefusedByPolicy extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedByPolicy(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** The same, for whoever asked. */
  public Problem problem() {
    return problem;
  }
}
