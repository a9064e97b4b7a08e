/**
 * The way to the registry. A {@link io.modeldepot.cli.client.Door} has two methods: ask once, or
 * listen. {@link io.modeldepot.cli.client.Registry} knows the addresses under {@code /api/v1} and
 * turns problem details into {@link io.modeldepot.cli.failure.Failure}s that keep the registry's
 * own words. Answers stay JSON trees: what a newer registry adds passes through to {@code -o json}
 * untouched. Nothing here prints.
 */
@NullMarked
package io.modeldepot.cli.client;

import org.jspecify.annotations.NullMarked;
