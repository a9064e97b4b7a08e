/** The kit's own promises, tested with the real engines. */
@NullMarked
package io.modeldepot.testkit.broker;

import org.jspecify.annotations.NullMarked;
