/**
 * Who else plans for a site: what the solver is compared with.
 *
 * <p>{@code Instance} puts a site into numbers; it takes the ways of serving and their bytes from
 * where the solver takes them, and nothing else. {@code Peer} are schedulers without a search, over
 * a {@code Packing}; {@code CpSat} is the oracle, which proves small cases; {@code Timefold} is a
 * solver library with its own moves.
 */
@NullMarked
package io.modeldepot.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
