package io.modeldepot.backup.pack;

import io.modeldepot.backup.seal.BlockId;

/**
 * One line of a pack's index.
 *
 * @param id the block
 * @param offset of its frame in the pack
 * @param length of its frame
 * @param rawLength of the block
 */
public record PackEntry(BlockId id, int offset, int length, int rawLength) {}
