/**
 * A broker in memory with partitions, groups and offsets. It delays, reorders among partitions,
 * delivers twice, loses what nobody acknowledged, and can forget offsets or everything.
 */
@NullMarked
package io.modeldepot.simulation.broker;

import org.jspecify.annotations.NullMarked;
