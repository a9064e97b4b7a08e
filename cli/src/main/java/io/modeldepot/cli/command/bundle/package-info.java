/**
 * {@code bundle}: models for depots that no network reaches, and from them. Works on the volume
 * alone; a depot that runs is asked to read and list what came.
 */
@NullMarked
package io.modeldepot.cli.command.bundle;

import org.jspecify.annotations.NullMarked;
