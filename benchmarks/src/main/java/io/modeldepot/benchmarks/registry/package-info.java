/**
 * The registry under load: {@link io.modeldepot.benchmarks.registry.RegistryMain} fills a database,
 * starts the registry beside it as its own process, and loads it from a third: one model, pages of
 * lists, an empty answer of the same server to compare with, and clients of the live events.
 * Nothing here asserts.
 */
@NullMarked
package io.modeldepot.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
