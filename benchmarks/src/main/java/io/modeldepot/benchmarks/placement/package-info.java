/**
 * The placement solver beside first fit and best fit, on sites that are drawn from a published seed
 * value, with its own proven bound as the measure; and on sites that are packed full by
 * construction, where the best possible is known.
 */
@NullMarked
package io.modeldepot.benchmarks.placement;

import org.jspecify.annotations.NullMarked;
