package io.modeldepot.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of the registry's stream.
 *
 * @param topic the topic its record came from
 * @param id opaque; resumes the stream after this event
 * @param payload the record's payload unchanged; JSON null when a key was forgotten
 */
public record ServerEvent(String topic, String id, JsonNode payload) {}
