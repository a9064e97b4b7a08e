package io.modeldepot.fuzz;

/** A parser as a fuzzer calls it. */
@FunctionalInterface
public interface Target {
  /**
   * Reads one input.
   *
   * @throws Exception what the parser documents, if it refuses the input; all else is a failure
   */
  void read(byte[] input) throws Exception;
}
