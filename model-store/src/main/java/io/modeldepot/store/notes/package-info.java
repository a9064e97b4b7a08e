/**
 * What the janitor remembers, as small JSON files below {@code .depot/janitor}: journals of its
 * jobs, plans that wait to be carried out, how far the scrub is. A note is written whole or not at
 * all and survives a power cut; nothing here knows what a note says. Called by the janitor, and by
 * the room {@code integrity} for the marks of damage, which others read.
 */
@NullMarked
package io.modeldepot.store.notes;

import org.jspecify.annotations.NullMarked;
