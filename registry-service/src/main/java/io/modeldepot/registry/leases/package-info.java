/**
 * Leases: an application, or its entrypoint, says that it uses a version until a time, and says so
 * again while it does. A lease is an announcement on {@code model-used}, which the janitors read;
 * an answer waits until the broker has it, for a lease that nobody heard of protects nothing.
 */
@NullMarked
package io.modeldepot.registry.leases;

import org.jspecify.annotations.NullMarked;
