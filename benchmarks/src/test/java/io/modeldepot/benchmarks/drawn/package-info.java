/** The instances that the solver is measured on are what they are said to be. */
@NullMarked
package io.modeldepot.benchmarks.drawn;

import org.jspecify.annotations.NullMarked;
