package io.modeldepot.downloader.transfer;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Blocks that a journal says are in a part, with their CRC32C. They are believed only after each
 * was read once and compared; one that differs is fetched again.
 *
 * @param crc32cByBlock block number from 0 to CRC32C
 */
public record InheritedBlocks(NavigableMap<Integer, Integer> crc32cByBlock) {
  public InheritedBlocks {
    crc32cByBlock = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(crc32cByBlock));
    if (!crc32cByBlock.isEmpty() && crc32cByBlock.firstKey() < 0) {
      throw new IllegalArgumentException("Blocks are numbered from 0");
    }
  }

  public static InheritedBlocks none() {
    return new InheritedBlocks(new TreeMap<>());
  }

  public static InheritedBlocks of(Map<Integer, Integer> crc32cByBlock) {
    return new InheritedBlocks(new TreeMap<>(crc32cByBlock));
  }
}
