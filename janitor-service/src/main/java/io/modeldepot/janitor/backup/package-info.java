/**
 * Backups by command. {@link io.modeldepot.janitor.backup.Targets} knows the places that are
 * configured, opens the repository at one and remembers which it was, so that an unmounted
 * directory is not taken for an empty one; {@link io.modeldepot.janitor.backup.BackupWorker} does
 * what a {@code backup-due} asks for. What goes wrong in a way that a person must mend becomes the
 * job's problem; what passes by itself is tried again. How backups are made and kept is in the
 * library {@code backup-repository}. No key and no credential is told to anybody.
 */
@NullMarked
package io.modeldepot.janitor.backup;

import org.jspecify.annotations.NullMarked;
