/**
 * A broker in memory: topics, groups with offsets, compaction, and the ways in which a broker
 * forgets. Who reads what, when and again, is the readers' business.
 */
@NullMarked
package io.modeldepot.simulation.broker;

import org.jspecify.annotations.NullMarked;
