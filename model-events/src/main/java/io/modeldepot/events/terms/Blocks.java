package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Block digests of a file: they say where damage is, never whether there is any.
 *
 * @param sizeBytes always 16 MiB
 * @param crc32c CRC32C of every block in order, four bytes each, big endian, base64
 */
public record Blocks(@JsonProperty(required = true) int sizeBytes, String crc32c) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Blocks {
    Components.notNegative(sizeBytes, "sizeBytes");
    Components.required(crc32c, "crc32c");
  }

  /** The one block size, in bytes. */
  public static final int SIZE_BYTES = 16 * 1024 * 1024;
}
