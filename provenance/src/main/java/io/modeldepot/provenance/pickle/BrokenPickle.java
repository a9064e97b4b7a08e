package io.modeldepot.provenance.pickle;

/** A pickle stops being one here: a reader would stop with an error at the same place. */
final class BrokenPickle extends Exception {
  private static final long serialVersionUID = 1L;
  private final String problem;
  private final boolean ours;

  private BrokenPickle(String problem, boolean ours) {
    super(problem, null, false, false);
    this.problem = problem;
    this.ours = ours;
  }

  /** A fault at which every reader stops. */
  static BrokenPickle because(String problem) {
    return new BrokenPickle(problem, false);
  }

  /** A limit of ours: another reader would go on, so nothing good may be concluded. */
  static BrokenPickle tooLarge(String problem) {
    return new BrokenPickle(problem, true);
  }

  /** A sentence. */
  String problem() {
    return problem;
  }

  /** Whether it is our limit and no fault of the pickle. */
  boolean isOurLimit() {
    return ours;
  }
}
