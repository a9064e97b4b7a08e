/** Sites made at random from a seed, and a checker that shares nothing with who plans for them. */
@NullMarked
package io.modeldepot.placement.random;

import org.jspecify.annotations.NullMarked;
