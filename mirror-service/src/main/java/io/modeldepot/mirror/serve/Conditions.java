package io.modeldepot.mirror.serve;

/**
 * What a request says about which bytes it wants. Absent headers are empty.
 *
 * @param range {@code Range}
 * @param ifRange {@code If-Range}
 * @param ifMatch {@code If-Match}
 * @param ifNoneMatch {@code If-None-Match}
 */
public record Conditions(String range, String ifRange, String ifMatch, String ifNoneMatch) {}
