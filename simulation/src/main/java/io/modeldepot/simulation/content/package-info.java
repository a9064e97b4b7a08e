/**
 * The contents of files at the simulated hub: bytes that are computed from a name, so that no seed
 * holds any.
 */
@NullMarked
package io.modeldepot.simulation.content;

import org.jspecify.annotations.NullMarked;
