/**
 * Makes a repair into a resume. {@link io.modeldepot.store.repair.Repairs} leaves a download on the
 * volume that seems to have been interrupted: its parts have every block of the damaged files that
 * is still what the manifest says, its journal lacks the others, so whoever takes it up brings
 * those and nothing else. The damaged files stay where they are until publishing replaces them.
 * Called by the janitor; nothing here reads the network.
 */
@NullMarked
package io.modeldepot.store.repair;

import org.jspecify.annotations.NullMarked;
