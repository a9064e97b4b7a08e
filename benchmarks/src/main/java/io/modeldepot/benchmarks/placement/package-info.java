/**
 * The placement solver on sites that are drawn from published seed values: how far below its own
 * proven bound its plans are, how long it took and how many moves it tried in that time.
 */
@NullMarked
package io.modeldepot.benchmarks.placement;

import org.jspecify.annotations.NullMarked;
