/**
 * The whole depot on one machine: started, shown, watched over and stopped.
 *
 * <p>In order: {@code Options} is what was asked for, {@code Hold} makes sure that nobody else runs
 * on the same data and ends what a killed predecessor left, {@code Plan} chooses ports and composes
 * every process, {@code Depot} starts them, each kept up by a {@code Keeper}; {@code Board} says
 * how far that is, {@code RunFile} tells other programs where everything is, {@code FirstUse} shows
 * the main job. {@code UpCommand} is the way through all of them, and the only one called from
 * outside.
 */
@NullMarked
package io.modeldepot.standalone.process;

import org.jspecify.annotations.NullMarked;
