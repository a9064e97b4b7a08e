package io.modeldepot.registry.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A link of the chain, as stored and as shown.
 *
 * @param seq from 1, without gaps
 * @param at UTC, milliseconds
 * @param actor an opaque id
 * @param action what was done
 * @param object to which thing
 * @param source {@code rest} or {@code event}
 * @param eventId unique
 * @param detail a JSON object
 * @param prev the hash of the record before; of the first one, that of the installation's id
 * @param hash see {@link AuditHash}
 */
public record AuditRecord(
    long seq,
    Instant at,
    String actor,
    String action,
    String object,
    String source,
    String eventId,
    JsonNode detail,
    String prev,
    String hash) {}
