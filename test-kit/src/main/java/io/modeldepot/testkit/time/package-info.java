/**
 * Time that moves when a test says so.
 *
 * <p>Whatever takes a {@link java.time.Clock} can be tested with it; nobody has to wait.
 */
@NullMarked
package io.modeldepot.testkit.time;

import org.jspecify.annotations.NullMarked;
