package io.modeldepot.backup.pack;

import java.util.List;

/**
 * A pack, without its content.
 *
 * @param name the SHA-256 of the whole object
 * @param sizeBytes of the whole object
 * @param entries what is in it
 */
public record Pack(String name, long sizeBytes, List<PackEntry> entries) {
  /** Keeps its own copy. */
  public Pack {
    entries = List.copyOf(entries);
  }
}
