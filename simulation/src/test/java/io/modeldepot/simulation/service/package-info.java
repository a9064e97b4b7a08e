/** Tests of the simulation: the laws hold for many seeds, and are broken when a step is. */
@NullMarked
package io.modeldepot.simulation.service;

import org.jspecify.annotations.NullMarked;
