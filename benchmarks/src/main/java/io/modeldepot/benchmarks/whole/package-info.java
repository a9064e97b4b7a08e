/**
 * Whole processes against whole processes. {@link io.modeldepot.benchmarks.whole.WholeMain} makes a
 * hub and a depot, then each contest runs its parties in turn, A B C A B C, so that a machine whose
 * speed drifts drifts for all of them; what is reported are ratios and medians. Nothing here
 * asserts: a figure is a finding, never a failed build.
 */
@NullMarked
package io.modeldepot.benchmarks.whole;

import org.jspecify.annotations.NullMarked;
