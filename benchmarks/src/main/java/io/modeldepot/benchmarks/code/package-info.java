/**
 * Single pieces of code under JMH, each beside the barest thing that could be done in its place.
 * Run by {@code make bench-code}; not part of any test.
 */
@NullMarked
package io.modeldepot.benchmarks.code;

import org.jspecify.annotations.NullMarked;
