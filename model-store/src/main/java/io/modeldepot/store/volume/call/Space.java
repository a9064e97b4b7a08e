package io.modeldepot.store.volume.call;

/**
 * How full a file system is.
 *
 * @param capacityBytes all of it
 * @param usableBytes what this process may still take
 */
public record Space(long capacityBytes, long usableBytes) {}
