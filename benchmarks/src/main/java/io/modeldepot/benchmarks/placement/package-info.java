/**
 * The contest of the placement solver and its peers on drawn sites.
 *
 * <p>{@code PlacementMain} starts everything and shows {@code Tables}. A {@code Heat} is one {@code
 * Contestant} on sites of one size, in a process of its own; {@code Additions} adds models to a
 * full site; {@code Wishes} says what the wishes of operators cost. Findings go from process to
 * process as {@code Lines} of JSON, which are kept. Whoever breaks a rule ends the run; seconds are
 * never asserted.
 */
@NullMarked
package io.modeldepot.benchmarks.placement;

import org.jspecify.annotations.NullMarked;
