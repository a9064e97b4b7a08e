/**
 * A real Kafka broker for tests: one per JVM to share, or one of their own that they may stop, kill
 * and start again.
 *
 * <p>{@code TestBroker} is what a test sees; {@code EmbeddedBroker} is a child process, and where a
 * Docker daemon answers a container takes its place. Which one it is gets printed.
 */
@NullMarked
package io.modeldepot.testkit.broker;

import org.jspecify.annotations.NullMarked;
