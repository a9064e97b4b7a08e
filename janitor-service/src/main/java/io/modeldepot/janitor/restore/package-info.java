/**
 * Restores by command. {@link io.modeldepot.janitor.restore.RestoreWorker} finds the backup that a
 * {@code restore-requested} names at the targets, and restores from it to the volume, or below the
 * one directory that is configured for it. {@link io.modeldepot.janitor.restore.ShownGenerations}
 * knows what was announced of every model, so that a restored version is newer than anything that
 * was; a restore to the volume waits until that is known. {@link
 * io.modeldepot.janitor.restore.FromBackup} brings damaged files of a version that is there.
 */
@NullMarked
package io.modeldepot.janitor.restore;

import org.jspecify.annotations.NullMarked;
