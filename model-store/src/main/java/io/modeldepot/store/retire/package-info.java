/**
 * Takes versions that nobody uses out of the way, into the archive, and brings them back. {@link
 * io.modeldepot.store.retire.Archive} does it by whole steps, so that at any moment the version is
 * where it was or whole in the archive, never in neither. What it packs it reads back before
 * anything else goes; what it unpacks is verified before it is published. Nothing is destroyed
 * here: what was packed goes to the trash, and so does an archive whose version is back.
 */
@NullMarked
package io.modeldepot.store.retire;

import org.jspecify.annotations.NullMarked;
