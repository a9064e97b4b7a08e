/**
 * What arrives from the topics, in order: the record is read, a poison one is counted and skipped,
 * a good one is handed to the room that owns the thing, inside one transaction that is repeated
 * until the database took it; only then the offset may be committed. Rooms do not know this door.
 */
@NullMarked
package io.modeldepot.registry.intake;

import org.jspecify.annotations.NullMarked;
