/**
 * GPUs, what fits them, where models run and why. All of it is asked of the registry; what is drawn
 * is drawn to scale, so that a person sees what holds the memory before reading a number.
 */
@NullMarked
package io.modeldepot.cli.command.placement;

import org.jspecify.annotations.NullMarked;
