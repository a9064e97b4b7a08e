/** GPUs, what fits them, where models run and why: asked of the registry, drawn to scale. */
@NullMarked
package io.modeldepot.cli.command.placement;

import org.jspecify.annotations.NullMarked;
