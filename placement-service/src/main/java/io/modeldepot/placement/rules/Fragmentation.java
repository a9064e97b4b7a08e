package io.modeldepot.placement.rules;

/** A whole GPU that is free can take what ten halves cannot. */
public record Fragmentation() implements SoftRule {
  /** Cost of a GPU on which something runs. */
  public static final long GPU_IN_USE = 20;

  @Override
  public String name() {
    return "fragmentation";
  }

  @Override
  public String sentence() {
    return "As few GPUs as possible are in use.";
  }

  @Override
  public long cost(Situation situation) {
    return situation.after().bytesByGpu().size() * GPU_IN_USE;
  }
}
