/**
 * Takes in a tree that somebody copied in by hand. In order: list and judge its names, bring every
 * file into the claim while reading it once, give the tree an id from its files' digests, publish.
 * A tree inside the volume is linked, so a large one is adopted without a copy; one outside is
 * cloned or copied and stays as it was. Called by the downloader and by the CLI's offline import.
 */
@NullMarked
package io.modeldepot.store.adopt;

import org.jspecify.annotations.NullMarked;
