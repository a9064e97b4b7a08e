/** One seed after another, from the command line. */
@NullMarked
package io.modeldepot.simulation.run;

import org.jspecify.annotations.NullMarked;
