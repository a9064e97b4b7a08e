package io.modeldepot.backup.save;

/** Is told how far a backup or a restore is; called by one thread at a time. */
@FunctionalInterface
public interface Watcher {
  /**
   * So far.
   *
   * @param doneBytes of the contents, whether read or known already
   * @param totalBytes of all contents
   * @param files of all versions
   */
  void at(long doneBytes, long totalBytes, int files);

  /** Is told nothing. */
  static Watcher none() {
    return (done, total, files) -> {};
  }
}
