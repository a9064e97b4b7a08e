/**
 * The embedded default: a real Kafka broker, a real PostgreSQL and all services as processes, from
 * Maven artifacts alone.
 *
 * <p>The rooms in the order of the work: {@code child} is what a process of ours owes to the one
 * that started it, {@code broker} and {@code database} are the two engines, {@code process} starts
 * everything and stops it again. Only {@code process} knows the others.
 */
@NullMarked
package io.modeldepot.standalone;

import org.jspecify.annotations.NullMarked;
