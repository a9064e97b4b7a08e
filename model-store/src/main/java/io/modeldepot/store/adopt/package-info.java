/**
 * Takes in a tree that somebody copied in by hand. In order: list and judge its names, bring every
 * file into the claim while reading it once, give the tree an id from its files' digests, publish.
 * A tree inside the volume is linked, so a large one is adopted without a copy; one outside is
 * cloned or copied and stays as it was. On a network file system, where nobody can tell whether a
 * file is being written, a tree inside is copied too: one that was adopted where its view is keeps
 * its bytes twice until the next version has the view. Called by the downloader and by the CLI's
 * offline import.
 */
@NullMarked
package io.modeldepot.store.adopt;

import org.jspecify.annotations.NullMarked;
