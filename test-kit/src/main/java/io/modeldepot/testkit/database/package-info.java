/**
 * A real PostgreSQL for tests: one per JVM to share, or one of their own that they may stop, kill
 * and start again. {@code DepotTestResource} gives a Quarkus test both engines.
 *
 * <p>The server is a child process; where a Docker daemon answers a container takes its place.
 * Which one it is gets printed.
 */
@NullMarked
package io.modeldepot.testkit.database;

import org.jspecify.annotations.NullMarked;
