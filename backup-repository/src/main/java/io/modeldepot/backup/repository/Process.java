package io.modeldepot.backup.repository;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Which process this is, so that another one can tell whether it still runs. */
final class Process {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  /** Where process numbers mean the same: one boot of one machine, one pid namespace. */
  static final String MACHINE = machine();

  static final long PID = ProcessHandle.current().pid();
  static final long STARTED = started(ProcessHandle.current());

  private Process() {}

  /** Whether a holder on this machine runs no more; what cannot be known is no. */
  static boolean isGone(LockFile holder) {
    return holder.machine().equals(MACHINE)
        && ProcessHandle.of(holder.pid())
            .filter(process -> process.isAlive() && started(process) == holder.started())
            .isEmpty();
  }

  /** Whether a holder is, or was, this very process. */
  static boolean isThis(LockFile holder) {
    return holder.machine().equals(MACHINE) && holder.pid() == PID && holder.started() == STARTED;
  }

  /** Whether a holder runs on this machine now. */
  static boolean isRunning(LockFile holder) {
    return holder.machine().equals(MACHINE) && !isGone(holder);
  }

  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }

  private static String machine() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      // Equal to nobody else's: such holders are only judged by their sign of life.
      return UUID.randomUUID().toString();
    }
  }
}
