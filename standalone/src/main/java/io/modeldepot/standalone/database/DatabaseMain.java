package io.modeldepot.standalone.database;

import io.modeldepot.standalone.child.Arguments;
import io.modeldepot.standalone.child.Leash;
import io.modeldepot.standalone.child.ReadyLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The database as a process: {@code --data DIR} where it keeps everything, {@code --port N} the
 * wanted port (default 5433; when taken, the next free one), {@code --exact} to fail instead,
 * {@code --leash} to end when standard input ends. Prints {@code READY
 * {"jdbcUrl":…,"username":…,"password":…,"port":…,"pid":…,"serverPid":…}}; ends in order by
 * SIGTERM, with status 1 when the server ended by itself.
 */
public final class DatabaseMain {
  private static final int DEFAULT_PORT = 5433;

  private DatabaseMain() {}

  /** Runs until told to end. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    Arguments given = new Arguments(args, Set.of("data", "port"), Set.of("leash", "exact"));
    Path data =
        Path.of(
            given
                .value("data")
                .orElseThrow(() -> new IllegalArgumentException("--data DIR is needed.")));
    int port = given.port("port", DEFAULT_PORT);
    if (given.has("leash")) {
      Leash.heldBy(System.in);
    }
    Path cache = cacheOfUser().orElse(data.resolve("programs"));
    Database database =
        given.has("exact")
            ? Database.startOn(data, cache, port)
            : Database.start(data, cache, port);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(database), "stop-database"));
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("jdbcUrl", database.jdbcUrl());
    ready.put("username", Database.ROLE);
    ready.put("password", database.password());
    ready.put("port", database.port());
    ready.put("pid", ProcessHandle.current().pid());
    ready.put("serverPid", database.pid());
    ReadyLine.print(out, ready);
    database.awaitEnd();
    System.exit(1);
  }

  /** The folder of this user for things that can be made again, if it can be written. */
  public static Optional<Path> cacheOfUser() {
    String named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        named.isBlank()
            ? Path.of(System.getProperty("user.home", "/nonexistent"), ".cache")
            : Path.of(named);
    Path cache = base.resolve("model-depot");
    try {
      Files.createDirectories(cache);
      return Files.isWritable(cache) ? Optional.of(cache) : Optional.empty();
    } catch (IOException notAllowed) {
      return Optional.empty();
    }
  }

  private static void stop(Database database) {
    try {
      database.close();
    } catch (IOException e) {
      System.err.println("PostgreSQL did not stop in order: " + e.getMessage());
    }
  }
}
