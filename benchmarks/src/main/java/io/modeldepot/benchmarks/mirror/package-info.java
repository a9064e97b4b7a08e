/**
 * The mirror beside nginx. {@link io.modeldepot.benchmarks.mirror.MirrorMain} makes a volume and
 * starts both over the same files; programs that others wrote are the clients, and the contestants
 * take turns, so that a machine whose speed drifts drifts for both. Nothing here asserts.
 */
@NullMarked
package io.modeldepot.benchmarks.mirror;

import org.jspecify.annotations.NullMarked;
