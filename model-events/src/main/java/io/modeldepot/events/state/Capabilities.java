package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the file system of a volume can do, as probed.
 *
 * @param hardLinks hardLinks
 * @param exchange atomic exchange of two names
 * @param reflink reflink
 * @param fallocate fallocate
 * @param network a network file system
 */
public record Capabilities(
    @JsonProperty(required = true) boolean hardLinks,
    @JsonProperty(required = true) boolean exchange,
    @JsonProperty(required = true) boolean reflink,
    @JsonProperty(required = true) boolean fallocate,
    @JsonProperty(required = true) boolean network) {}
