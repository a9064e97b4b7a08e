/**
 * Archives versions by command and brings them back. {@link
 * io.modeldepot.janitor.archive.Archiving} finds out, from everything the broker has and under the
 * model's claim, that nobody uses a version, and then lets the store pack it; what is active,
 * pinned, placed, leased or being downloaded is refused. Bringing back asks nobody. {@link
 * io.modeldepot.janitor.archive.ArchiveResult} is what came of it, with the bytes it saves.
 */
@NullMarked
package io.modeldepot.janitor.archive;

import org.jspecify.annotations.NullMarked;
