package io.modeldepot.store.volume.call;

import java.nio.file.Path;

/** A process that holds a read lease while the file is opened for writing. */
final class LeaseMain {
  private static final int O_WRONLY_NONBLOCK = 1 | 04000;

  private LeaseMain() {}

  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    int reading = Native.open(file, 0, 0).value();
    boolean leased = LinuxCalls.lease(reading);
    // The kernel sends its signal before this call returns.
    Native.Result writing = Native.open(file, O_WRONLY_NONBLOCK, 0);
    System.out.print(leased ? writing.errno() : "no lease");
  }
}
