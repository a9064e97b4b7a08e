/**
 * Commands on their way in: from a record to a command with an id and an age, or to the reason why
 * it is none.
 *
 * <p>In order: {@code CommandReader} reads a record; what cannot be read goes by {@code
 * DeadLetters} to {@code <topic>.dead-letter}; what can is a {@code CommandEnvelope}, whose owner
 * journals it, and only then acknowledges the record. Nothing here remembers anything: whether an
 * id was seen before is known to who keeps the journal.
 */
@NullMarked
package io.modeldepot.kit.intake;

import org.jspecify.annotations.NullMarked;
