package io.modeldepot.backup.keep;

import java.util.List;

/**
 * What a prune did, or would do.
 *
 * @param verdicts what becomes of every backup, and why
 * @param packsRemoved how many packs went
 * @param freedBytes how many bytes those had
 * @param packsWaiting how many packs nobody needs, that wait for their second look
 * @param waitingBytes how many bytes those have
 * @param packsRewritten how many packs were emptied of what is needed
 * @param milliseconds how long it took
 */
public record PruneReport(
    List<Retention.Verdict> verdicts,
    int packsRemoved,
    long freedBytes,
    int packsWaiting,
    long waitingBytes,
    int packsRewritten,
    long milliseconds) {
  /** Keeps its own copy. */
  public PruneReport {
    verdicts = List.copyOf(verdicts);
  }

  /** How many backups went. */
  public long forgotten() {
    return verdicts.stream().filter(v -> !v.kept()).count();
  }
}
