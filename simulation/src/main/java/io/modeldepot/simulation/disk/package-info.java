/**
 * A file system in memory behind the product's own interface of calls: inodes with link counts,
 * renames that are atomic, content that is lost with the power unless it was synced, names of which
 * a power cut keeps a beginning. What happens before a call is decided by whoever makes the calls.
 */
@NullMarked
package io.modeldepot.simulation.disk;

import org.jspecify.annotations.NullMarked;
