package io.modeldepot.backup;

import io.modeldepot.backup.storage.Storage;
import io.modeldepot.backup.storage.StorageFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * A storage one of whose calls fails, once: before anything was done, or after it was done and the
 * answer was lost, as over a network. For one thread that calls, and a lock that is renewed.
 */
final class FaultyStorage implements Storage {
  private final Storage real;
  private final int number;
  private final Fault fault;
  private int made;
  private String refused = "";

  /** What becomes of the call. */
  enum Fault {
    REFUSED,
    ANSWER_LOST
  }

  /**
   * @param number how many calls go well before
   */
  FaultyStorage(Storage real, int number, Fault fault) {
    this.real = real;
    this.number = number;
    this.fault = fault;
  }

  /** Whether there were calls enough. */
  synchronized boolean reached() {
    return made > number;
  }

  /** The name that the call was about. */
  synchronized String refused() {
    return refused;
  }

  /** Something done there. */
  private interface Call<T> {
    T make() throws IOException;
  }

  private synchronized <T> T call(String name, Call<T> call) throws IOException {
    if (made++ != number) {
      return call.make();
    }
    refused = name;
    if (fault == Fault.ANSWER_LOST) {
      T unused = call.make();
    }
    throw new StorageFailed(place(), "A call about " + name, new IOException("connection reset"));
  }

  @Override
  public void put(String name, ByteBuffer content) throws IOException {
    boolean unused =
        call(
            name,
            () -> {
              real.put(name, content);
              return true;
            });
  }

  @Override
  public byte[] get(String name) throws IOException {
    return call(name, () -> real.get(name));
  }

  @Override
  public byte[] get(String name, long offset, int length) throws IOException {
    return call(name, () -> real.get(name, offset, length));
  }

  @Override
  public List<Stored> list(String folder) throws IOException {
    return call(folder, () -> real.list(folder));
  }

  @Override
  public void delete(String name) throws IOException {
    boolean unused =
        call(
            name,
            () -> {
              real.delete(name);
              return true;
            });
  }

  @Override
  public String place() {
    return real.place();
  }

  @Override
  public OptionalLong freeBytes() throws IOException {
    return real.freeBytes();
  }

  @Override
  public long sweep(String folder) throws IOException {
    return call(folder, () -> real.sweep(folder));
  }
}
