/**
 * What becomes of backups. {@link io.modeldepot.backup.keep.Check} proves that a repository is
 * whole, by its structure alone or by reading and unpacking what it has; {@link
 * io.modeldepot.backup.keep.Retention} decides, by pure rules, which snapshots stay and why; {@link
 * io.modeldepot.backup.keep.Pins} are snapshots that stay because somebody said so; {@link
 * io.modeldepot.backup.keep.Prune} removes packs that no snapshot needs, a day after it first saw
 * that nobody needs them, and in this room alone something is removed from a repository.
 */
@NullMarked
package io.modeldepot.backup.keep;

import org.jspecify.annotations.NullMarked;
