/**
 * The frame around every command: {@link io.modeldepot.cli.command.Entry} reads the command line,
 * makes a {@link io.modeldepot.cli.command.Session}, runs one {@link
 * io.modeldepot.cli.command.Work} and turns how it ended into text and an exit code. The commands
 * themselves live in the rooms below and know only the Session; no command exits, prints to
 * System.out or reads the environment by itself.
 */
@NullMarked
package io.modeldepot.cli.command;

import org.jspecify.annotations.NullMarked;
