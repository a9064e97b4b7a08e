package io.modeldepot.backup.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * Named objects. Names are relative paths of letters, digits, {@code . _ -} and {@code /}. Not
 * promised: that a listing shows what somebody else is putting at this moment, or anything about
 * times. Safe for threads.
 */
public interface Storage extends AutoCloseable {
  /**
   * Puts an object, replacing one of the same name. When it returns the object survives a power
   * cut; when it fails there is the old object or none or the new one, never a part of one.
   *
   * @throws StorageFull if there is no room
   * @throws StorageFailed if the place cannot be reached or refuses
   */
  void put(String name, ByteBuffer content) throws IOException;

  /** The same from an array. */
  default void put(String name, byte[] content) throws IOException {
    put(name, ByteBuffer.wrap(content));
  }

  /**
   * A whole object.
   *
   * @throws NoSuchObject if there is none
   */
  byte[] get(String name) throws IOException;

  /**
   * A piece of an object; shorter where the object ends.
   *
   * @throws NoSuchObject if there is none
   */
  byte[] get(String name, long offset, int length) throws IOException;

  /**
   * The objects whose names begin with a folder, sorted by name; empty if there is no such folder.
   */
  List<Stored> list(String folder) throws IOException;

  /** Removes an object; one that is not there is removed already. */
  void delete(String name) throws IOException;

  /** The place as people are told of it; no credential is in it. */
  String place();

  /** How many bytes may still be put, where the place can say. */
  OptionalLong freeBytes() throws IOException;

  /**
   * Removes what puts that never ended left in a folder, which no listing shows. Only for whoever
   * knows that nobody puts there now.
   *
   * @return how many bytes it freed
   */
  long sweep(String folder) throws IOException;

  @Override
  default void close() throws IOException {}

  /**
   * One object of a listing.
   *
   * @param name its whole name
   * @param sizeBytes its length
   */
  record Stored(String name, long sizeBytes) {}
}
