/**
 * What every service needs once, so that who knows one service knows all.
 *
 * <p>The rooms in the order of a record's way: {@code topic} makes sure that the topics are there,
 * {@code intake} reads commands, {@code state} reads state topics, {@code announce} publishes,
 * {@code report} says how the service is, {@code measure} what can be counted of it, {@code trace}
 * on behalf of what it works, {@code access} who may pass its door. {@code connection} is what they
 * share, {@code beans} makes them from a configuration.
 */
@NullMarked
package io.modeldepot.kit;

import org.jspecify.annotations.NullMarked;
