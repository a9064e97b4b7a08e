/**
 * A disk in memory that keeps what was synced and loses the rest in a crash, as a file system may:
 * data, names and renames each by themselves. It has links, space that ends, and time stamps of the
 * simulated clock.
 */
@NullMarked
package io.modeldepot.simulation.disk;

import org.jspecify.annotations.NullMarked;
