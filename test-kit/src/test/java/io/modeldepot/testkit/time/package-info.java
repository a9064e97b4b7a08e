/** The kit's own promises, tested with the real engines. */
@NullMarked
package io.modeldepot.testkit.time;

import org.jspecify.annotations.NullMarked;
