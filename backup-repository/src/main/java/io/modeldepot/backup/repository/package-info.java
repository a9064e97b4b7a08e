/**
 * A repository as a whole: made once, opened with its key, held by one writer at a time. {@link
 * io.modeldepot.backup.repository.Repository} is the door; {@link
 * io.modeldepot.backup.repository.Snapshots} puts, lists and finds what is in it; {@link
 * io.modeldepot.backup.repository.RepositoryLock} keeps a second writer out and names the first.
 * The format is written down in {@code docs/formats/backup-repository.md}.
 */
@NullMarked
package io.modeldepot.backup.repository;

import org.jspecify.annotations.NullMarked;
