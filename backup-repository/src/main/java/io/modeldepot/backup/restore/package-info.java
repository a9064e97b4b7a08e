/**
 * Brings versions back from a snapshot. In order: what of a version the volume has already is read
 * and kept if it is whole; what it lacks is unpacked by several threads, held against its digest
 * while it is written, and kept in the cache at once, so that a restore that dies goes on from
 * there; then the version is published by the store's one publish. A model's current version comes
 * last. Elsewhere than on a volume a version becomes a plain tree with its manifest beside it.
 * Bytes whose digest is not the manifest's are given to nobody.
 */
@NullMarked
package io.modeldepot.backup.restore;

import org.jspecify.annotations.NullMarked;
