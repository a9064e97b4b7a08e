/**
 * How a command says no. A {@link io.modeldepot.cli.failure.Failure} carries the thing, the cause,
 * what was seen and what would help; {@link io.modeldepot.cli.failure.ExitCode} is the number
 * scripts read. Everything here is a value: nothing prints, nothing exits. Any room may throw a
 * Failure; only the command's entry turns it into text and a number.
 */
@NullMarked
package io.modeldepot.cli.failure;

import org.jspecify.annotations.NullMarked;
