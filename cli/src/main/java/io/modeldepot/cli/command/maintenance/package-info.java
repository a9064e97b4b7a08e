/**
 * The janitor's work: {@code backup}, {@code backups}, {@code restore}. A command asks the registry
 * for one of its resources and {@link io.modeldepot.cli.command.maintenance.Followed} shows how far
 * it is until it has ended; Ctrl-C leaves it running. With {@code --at} a repository is read where
 * it lies, by this process alone: that is how a depot of which nothing is left is restored.
 */
@NullMarked
package io.modeldepot.cli.command.maintenance;

import org.jspecify.annotations.NullMarked;
