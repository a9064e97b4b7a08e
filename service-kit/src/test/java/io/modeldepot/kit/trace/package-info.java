/** Traces without any receiver: what is passed on, and what is not. */
@NullMarked
package io.modeldepot.kit.trace;

import org.jspecify.annotations.NullMarked;
