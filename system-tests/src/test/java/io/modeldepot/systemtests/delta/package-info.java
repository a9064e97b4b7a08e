/** An update that reaches a second location as the pieces that it lacks. */
@NullMarked
package io.modeldepot.systemtests.delta;

import org.jspecify.annotations.NullMarked;
