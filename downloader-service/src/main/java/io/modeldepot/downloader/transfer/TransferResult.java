package io.modeldepot.downloader.transfer;

import java.util.List;

/**
 * How a transfer ended.
 *
 * @param outcomes one per task, in the order of the tasks
 * @param last the final progress
 */
public record TransferResult(List<FileOutcome> outcomes, TransferProgress last) {
  public TransferResult {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether every file is there and verified. */
  public boolean allVerified() {
    return outcomes.stream().allMatch(FileOutcome.Verified.class::isInstance);
  }
}
