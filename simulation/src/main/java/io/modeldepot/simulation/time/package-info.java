/**
 * The time and the chance of a run. A seed gives all draws; tasks of simulated processes are
 * coroutines on one thread, each stops at any call and goes on when it is its turn, and time passes
 * when all wait. A process that is killed unwinds without effect. Nothing here knows of disks or
 * brokers, and nothing reads a clock of the machine.
 */
@NullMarked
package io.modeldepot.simulation.time;

import org.jspecify.annotations.NullMarked;
