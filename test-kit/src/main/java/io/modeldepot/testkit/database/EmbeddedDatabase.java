package io.modeldepot.testkit.database;

import io.modeldepot.testkit.process.EngineProcess;
import io.modeldepot.testkit.process.FreePorts;
import io.modeldepot.testkit.process.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL as a child process (and grandchildren, which end with it). */
final class EmbeddedDatabase implements TestDatabase {
  private static final String MAIN = "io.modeldepot.standalone.database.DatabaseMain";

  private final Path folder;
  private final Login login;
  private final int port;
  private EngineProcess process;

  EmbeddedDatabase(String name) {
    this.folder = Repository.newDataFolder(name);
    this.process = run(List.of("--port", Integer.toString(FreePorts.next())));
    this.login =
        new Login(
            process.ready().path("jdbcUrl").asText(),
            process.ready().path("username").asText(),
            process.ready().path("password").asText());
    this.port = process.ready().path("port").asInt();
  }

  @Override
  public Login login() {
    return login;
  }

  @Override
  public synchronized void stop() {
    process.stop();
  }

  @Override
  public synchronized void kill() {
    long server = process.ready().path("serverPid").asLong();
    ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
    process.kill();
  }

  @Override
  public synchronized void start() {
    if (!process.isAlive()) {
      process = run(List.of("--port", Integer.toString(port), "--exact"));
    }
  }

  private EngineProcess run(List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(more);
    return EngineProcess.start(MAIN, arguments, folder.resolve("database.log"));
  }
}
