package io.modeldepot.fuzz;

import java.time.Duration;

/**
 * What one input may cost. Time is processor time of the thread that reads, so that a busy machine
 * changes nothing; memory is all that the thread allocates, kept or not.
 *
 * @param time of the processor, for one input
 * @param bytes allocated for any input
 * @param bytesPerByte allocated beyond that for each byte of the input
 */
public record Limits(Duration time, long bytes, long bytesPerByte) {
  /** Five seconds, 32 MiB and 2,000 bytes for each byte. */
  public static final Limits USUAL = new Limits(Duration.ofSeconds(5), 32L << 20, 2_000);

  /** How many bytes an input of this length may cost. */
  long bytesFor(int length) {
    return bytes + bytesPerByte * length;
  }
}
