/**
 * What an update of a weights file would have to move, by several ways to find what it shares with
 * the version before: one model in memory, edited as models are edited, then each way's bytes to
 * move, processor time and size of its lists.
 */
@NullMarked
package io.modeldepot.benchmarks.delta;

import org.jspecify.annotations.NullMarked;
