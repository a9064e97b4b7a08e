/**
 * Waiting for something to become true: {@link io.modeldepot.cli.command.waiting.WaitFor} reads
 * what is meant, a {@link io.modeldepot.cli.command.waiting.Target} looks once and says whether it
 * is so, is not so yet, or never will be. Nothing here changes anything.
 */
@NullMarked
package io.modeldepot.cli.command.waiting;

import org.jspecify.annotations.NullMarked;
