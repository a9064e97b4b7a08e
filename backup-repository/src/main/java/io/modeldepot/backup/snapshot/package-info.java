/**
 * What a snapshot says. A snapshot is one JSON object: which versions there were, each with its
 * whole manifest, the blocks of every content once, what the registry knew, and what had to be left
 * out and why. It is put last, so what it names is there. Values only; how it is put and found is
 * the repository's.
 */
@NullMarked
package io.modeldepot.backup.snapshot;

import org.jspecify.annotations.NullMarked;
