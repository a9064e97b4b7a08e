package io.modeldepot.standalone.database;

import io.modeldepot.standalone.child.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server and its data. Not for two processes at once: the caller holds the directory.
 *
 * <pre>
 * cluster/             what initdb makes
 * superuser-password   0600
 * initialised          made last: without it, what lies in cluster/ is an unfinished attempt
 * postgresql.log
 * </pre>
 */
final class Cluster implements AutoCloseable {
  static final String SUPERUSER = "postgres";
  private static final String FAST_SHUTDOWN = "INT";
  private static final String START_SECONDS = "60";
  private static final String STOP_SECONDS = "30";
  private static final Duration TO_LET_GO = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final Path directory;
  private final PostgresBinaries binaries;
  private final ProcessHandle server;
  private final Guard guard;

  private Cluster(Path directory, PostgresBinaries binaries, ProcessHandle server, Guard guard) {
    this.directory = directory;
    this.binaries = binaries;
    this.server = server;
    this.guard = guard;
  }

  /**
   * Initialises the directory if need be, stops a server that a killed predecessor left behind, and
   * starts; returns when connections are accepted.
   */
  static Cluster start(Path directory, PostgresBinaries binaries, int port) throws IOException {
    if (!Files.exists(directory.resolve("initialised"))) {
      initialise(directory, binaries);
    }
    Files.writeString(data(directory).resolve("depot.conf"), ServerSettings.on(port));
    try {
      launch(directory, binaries);
    } catch (IOException e) {
      // It may be starting all the same, above all when we were interrupted.
      boolean interrupted = Thread.interrupted();
      stopLeftOver(directory, binaries);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      throw e;
    }
    ProcessHandle server =
        running(directory)
            .orElseThrow(() -> new IOException("PostgreSQL ended at once; see " + log(directory)));
    return new Cluster(directory, binaries, server, Guard.over(server.pid(), FAST_SHUTDOWN));
  }

  /** Stops a server that still runs on this directory although nobody holds it any more. */
  static void stopLeftOver(Path directory, PostgresBinaries binaries) throws IOException {
    Path pidFile = data(directory).resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    try {
      if (running(directory).isPresent()) {
        stop(directory, binaries);
      }
    } catch (IOException e) {
      // It may have been dying already, and then there was nothing to stop.
      if (running(directory).isPresent()) {
        throw e;
      }
    }
    // Its process id may belong to somebody else by now, and PostgreSQL would wait for that one.
    Files.deleteIfExists(pidFile);
  }

  /** Process id of the server. */
  long pid() {
    return server.pid();
  }

  /** Returns when the server has ended, by whatever. */
  void awaitEnd() {
    server.onExit().join();
  }

  /** Ends all connections, writes everything down, stops. */
  @Override
  public void close() throws IOException {
    guard.close();
    if (server.isAlive()) {
      stop(directory, binaries);
    }
    awaitExit();
  }

  /** The server says that it is down a moment before its process ends. */
  private void awaitExit() throws IOException {
    long deadline = System.nanoTime() + TO_LET_GO.toNanos();
    // Java asks after processes that are not its children only every two seconds.
    while (server.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("PostgreSQL has stopped, but its process has not ended.");
      }
      pause(BETWEEN_LOOKS);
    }
  }

  private static void initialise(Path directory, PostgresBinaries binaries) throws IOException {
    Secret.in(directory.resolve("superuser-password"));
    again(
        () -> {
          Trees.delete(data(directory));
          initdb(directory, binaries);
        });
    Path settings = data(directory).resolve("postgresql.conf");
    Files.writeString(
        settings, Files.readString(settings) + System.lineSeparator() + "include 'depot.conf'\n");
    Files.createFile(directory.resolve("initialised"));
  }

  private static void initdb(Path directory, PostgresBinaries binaries) throws IOException {
    Programs.run(
        binaries.command(
            "initdb",
            List.of(
                "--pgdata=" + data(directory),
                "--username=" + SUPERUSER,
                "--pwfile=" + directory.resolve("superuser-password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C")),
        Path.of(log(directory)));
  }

  private static void launch(Path directory, PostgresBinaries binaries) throws IOException {
    List<String> start = List.of("-w", "-t", START_SECONDS, "-l", log(directory), "start");
    try {
      again(() -> control(directory, binaries, start));
    } catch (IOException e) {
      throw new IOException("PostgreSQL did not start; what it says is in " + log(directory), e);
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /**
   * The children of a killed server live on for a moment and hold its shared memory, whose key is
   * made of its directory's inode: one of its own directory, or of one that was removed and whose
   * inode is given to this directory.
   */
  private static void again(Step step) throws IOException {
    long deadline = System.nanoTime() + TO_LET_GO.toNanos();
    while (true) {
      try {
        step.run();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        pause(BETWEEN_TRIES);
      }
    }
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL starts or stops.", e);
    }
  }

  private static void stop(Path directory, PostgresBinaries binaries) throws IOException {
    try {
      control(directory, binaries, List.of("-m", "fast", "-w", "-t", STOP_SECONDS, "stop"));
    } catch (IOException hangs) {
      control(directory, binaries, List.of("-m", "immediate", "-w", "-t", STOP_SECONDS, "stop"));
    }
  }

  private static void control(Path directory, PostgresBinaries binaries, List<String> what)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-D", data(directory).toString()));
    arguments.addAll(what);
    Programs.run(binaries.command("pg_ctl", arguments), directory.resolve("pg_ctl.log"));
  }

  private static Optional<ProcessHandle> running(Path directory) throws IOException {
    Path pidFile = data(directory).resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String pid = Files.readAllLines(pidFile).getFirst().strip();
    return ProcessHandle.of(Long.parseLong(pid))
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().map(Cluster::isPostgres).orElse(true));
  }

  private static boolean isPostgres(String command) {
    return command.endsWith("/postgres");
  }

  private static Path data(Path directory) {
    return directory.resolve("cluster");
  }

  private static String log(Path directory) {
    return directory.resolve("postgresql.log").toString();
  }
}
