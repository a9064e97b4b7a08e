/**
 * Time that passes only when somebody waits, and everything that is drawn by chance. Processes of
 * the simulated world are coroutines in one thread: whoever waits lets the next one go on, and a
 * crash ends one at any of its waits.
 */
@NullMarked
package io.modeldepot.simulation.time;

import org.jspecify.annotations.NullMarked;
