package io.modeldepot.provenance.oms;

/** A file that is no signature of a model, and why. */
public final class MalformedBundle extends Exception {
  private static final long serialVersionUID = 1L;
  private final String problem;

  /**
   * @param problem a sentence
   */
  public MalformedBundle(String problem) {
    super(problem);
    this.problem = problem;
  }

  /** A sentence. */
  public String problem() {
    return problem;
  }
}
