/**
 * The operator's command. {@link io.modeldepot.cli.Main} names the subcommands and starts {@link
 * io.modeldepot.cli.command.Entry}; the rooms are {@code command} (what can be asked), {@code
 * client} (the way to the registry), {@code output} and {@code progress} (how answers look), {@code
 * settings} (where values come from) and {@code failure} (how it says no).
 */
@NullMarked
package io.modeldepot.cli;

import org.jspecify.annotations.NullMarked;
