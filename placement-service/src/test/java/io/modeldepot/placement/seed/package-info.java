/** The seed's models and GPUs by their published figures, for the tests of every room. */
@NullMarked
package io.modeldepot.placement.seed;

import org.jspecify.annotations.NullMarked;
