/**
 * {@code .depot/archive}: versions packed without loss, each in a directory of its own. {@link
 * io.modeldepot.store.archive.ArchiveShelf} says what is there, packs a version into a directory
 * that it is given, reads every byte of one against its digest, and unpacks one into parts; {@link
 * io.modeldepot.store.archive.ArchiveCheck} says all that is damaged of one. It moves nothing and
 * judges nothing: when a version goes to the archive, or comes back, {@code retire} decides and
 * does.
 */
@NullMarked
package io.modeldepot.store.archive;

import org.jspecify.annotations.NullMarked;
