package io.modeldepot.janitor.job;

/** Jobs of one lane are done one after the other, in the order in which they were heard. */
public enum Lane {
  /** Cleanups and undos. */
  CLEANUP,
  /** Reading files again, and repairing them. */
  INTEGRITY,
  /** Backups and restores. */
  BACKUP,
  /** Archiving and bringing back. */
  ARCHIVE
}
