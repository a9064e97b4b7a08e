/**
 * Payloads that ask for something to be done.
 *
 * <p>An event published by hand is worth the same as a REST call, so all that is not essential is
 * optional here. Records refuse what is missing or malformed; the reader turns that into a dead
 * letter.
 */
@NullMarked
package io.modeldepot.events.command;

import org.jspecify.annotations.NullMarked;
