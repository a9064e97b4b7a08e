/**
 * What works on the volume itself, with nothing running: making it, verifying it, taking trees in,
 * naming the path of a model for scripts, and proving what it is. All of it goes through {@code
 * model-store}; nothing here knows where a file lies or writes one by itself.
 */
@NullMarked
package io.modeldepot.cli.command.volume;

import org.jspecify.annotations.NullMarked;
