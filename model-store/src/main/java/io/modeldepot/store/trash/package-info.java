/**
 * Out of the way, and for good. {@link io.modeldepot.store.trash.Trash} moves versions and foreign
 * files to {@code .depot/trash} by renames, and back; until its window is over everything there can
 * be undone. {@link io.modeldepot.store.trash.Expunging} is the one class that destroys content,
 * and looks at each thing once more right before it goes. Neither decides what goes: the janitor
 * does.
 */
@NullMarked
package io.modeldepot.store.trash;

import org.jspecify.annotations.NullMarked;
