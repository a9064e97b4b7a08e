/**
 * Payloads as bytes and back, the CloudEvents headers around them, and what is wrong with bytes
 * that are no payload.
 *
 * <p>Readers ignore fields that they do not know, so a newer writer does not stop an older reader.
 */
@NullMarked
package io.modeldepot.events.wire;

import org.jspecify.annotations.NullMarked;
