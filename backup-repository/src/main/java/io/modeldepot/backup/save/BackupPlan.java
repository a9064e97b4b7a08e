package io.modeldepot.backup.save;

import java.util.OptionalLong;

/**
 * What a backup would cost.
 *
 * @param files of all versions
 * @param totalBytes of all versions, a content counted once
 * @param newBytes of the contents that the repository does not know
 * @param estimatedBytes what those would add, judged by a few blocks of them
 * @param estimatedMilliseconds how long that would take, judged by the same
 * @param freeBytes what is free at the repository's place, where it can say
 * @param leftOut how many versions could not be saved
 */
public record BackupPlan(
    int files,
    long totalBytes,
    long newBytes,
    long estimatedBytes,
    long estimatedMilliseconds,
    OptionalLong freeBytes,
    int leftOut) {

  /** Whether there is room for it, as far as the place can say. */
  public boolean fits() {
    return freeBytes.isEmpty() || freeBytes.getAsLong() >= estimatedBytes;
  }
}
