package io.modeldepot.store.inspect;

/**
 * Something in a file that is not as it should be.
 *
 * @param path in the repository
 * @param problem a sentence
 */
public record Finding(String path, String problem) {}
