/**
 * A real Kafka broker, controller included, on one data directory.
 *
 * <p>{@code BrokerSettings} says how it is set, {@code Broker} formats the directory once, starts
 * and stops, {@code BrokerMain} is the same as a process. What it keeps secret: everything of
 * Kafka's server classes. It runs in a process of its own because its classes are newer than the
 * client's in the services.
 */
@NullMarked
package io.modeldepot.standalone.broker;

import org.jspecify.annotations.NullMarked;
