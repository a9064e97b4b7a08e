package io.modeldepot.store.frame;

/**
 * A block, packed. The bytes belong to the encoder and are good until its next call.
 *
 * @param transform what was done to them
 * @param bytes where they lie, from 0
 * @param length how many there are
 */
public record Frame(Transform transform, byte[] bytes, int length) {}
