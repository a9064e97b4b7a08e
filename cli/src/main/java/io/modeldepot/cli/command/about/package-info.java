/**
 * Knowing more: what happens on the topics, who did what, what a problem means, how this command is
 * configured and completed. Nothing here changes anything. {@code explain}, {@code config}, {@code
 * completion} and {@code version} work with nothing running.
 */
@NullMarked
package io.modeldepot.cli.command.about;

import org.jspecify.annotations.NullMarked;
