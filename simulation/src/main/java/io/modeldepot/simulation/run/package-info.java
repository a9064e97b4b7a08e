/**
 * Runs seeds from a command line and prints the one that broke a law, with what happened last and
 * how to see it again.
 */
@NullMarked
package io.modeldepot.simulation.run;

import org.jspecify.annotations.NullMarked;
