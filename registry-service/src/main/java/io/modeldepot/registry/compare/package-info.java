/**
 * What would change between two versions of a model, in words. In order: the two sides are found,
 * each a list of digests and a reading of the small text files, here or as the last plan saw them
 * upstream; they are compared, purely; what the difference means for the memory of each GPU is
 * asked of placement, where it answers. Nothing is fetched, and no volume is read.
 */
@NullMarked
package io.modeldepot.registry.compare;

import org.jspecify.annotations.NullMarked;
