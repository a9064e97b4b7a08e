/**
 * Loads an HTTP server from a process of its own: {@link
 * io.modeldepot.benchmarks.load.RequestsMain} asks as fast as it can or at a steady rate, {@link
 * io.modeldepot.benchmarks.load.FollowersMain} listens to server-sent events. Each prints one line
 * of numbers. At a steady rate a request's time counts from when it was due and not from when it
 * could be sent, so a server that stops for a moment is charged for all who waited.
 */
@NullMarked
package io.modeldepot.benchmarks.load;

import org.jspecify.annotations.NullMarked;
