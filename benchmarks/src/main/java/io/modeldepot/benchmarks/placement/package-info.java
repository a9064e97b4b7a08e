/**
 * The placement solver on sites that are drawn from published seed values, and who else plans for
 * the same ones.
 *
 * <p>{@code DrawnSite} is overloaded, {@code PerfectPacking} has a plan that is known to be the
 * best, {@code Trouble} adds what operators wish. {@code Contestant} is the solver, a {@code Peer}
 * (a scheduler without a search) or {@code CpSat}, the oracle, which has the problem stated once
 * more: they share the ways of serving and their bytes with the solver, nothing else. {@code Heat}
 * runs one of them in a process of its own; {@code Additions} adds models to a full site; {@code
 * Wishes} says what wishes cost. {@code PlacementMain} starts them all and shows {@code Tables}.
 * Whoever breaks a rule ends the run; seconds are never asserted.
 */
@NullMarked
package io.modeldepot.benchmarks.placement;

import org.jspecify.annotations.NullMarked;
