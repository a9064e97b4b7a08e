/**
 * What must hold of a volume after each change, after each loss of power and at rest. Judges by the
 * names and bytes on the disk alone and calls nothing of the product, so that it does not share its
 * mistakes.
 */
@NullMarked
package io.modeldepot.simulation.law;

import org.jspecify.annotations.NullMarked;
