package io.modeldepot.benchmarks.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The embedded broker and the embedded PostgreSQL without the rest of the depot. */
public final class Engines implements AutoCloseable {
  private static final String READY = "READY ";

  private final Process broker;
  private final JsonNode brokerSays;
  private final Process database;
  private final JsonNode databaseSays;

  private Engines(Process broker, JsonNode brokerSays, Process database, JsonNode databaseSays) {
    this.broker = broker;
    this.brokerSays = brokerSays;
    this.database = database;
    this.databaseSays = databaseSays;
  }

  /**
   * Starts both and waits until they serve.
   *
   * @param root the checkout, built
   * @param work where they keep everything
   */
  public static Engines start(Path root, Path work) throws IOException {
    Process database =
        launch(root, work, "io.modeldepot.standalone.database.DatabaseMain", "postgresql");
    try {
      Process broker = launch(root, work, "io.modeldepot.standalone.broker.BrokerMain", "kafka");
      try {
        return new Engines(broker, ready(broker), database, ready(database));
      } catch (IOException | RuntimeException e) {
        broker.destroy();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      database.destroy();
      throw e;
    }
  }

  /** The broker's address. */
  public String kafka() {
    return brokerSays.path("bootstrapServers").asText();
  }

  /** The database's address. */
  public String jdbcUrl() {
    return databaseSays.path("jdbcUrl").asText();
  }

  /** The role that owns the database. */
  public String username() {
    return databaseSays.path("username").asText();
  }

  /** Its password. */
  public String password() {
    return databaseSays.path("password").asText();
  }

  private static Process launch(Path root, Path work, String mainClass, String name)
      throws IOException {
    ProcessBuilder engine =
        Rig.java(
            List.of("-XX:TieredStopAtLevel=1", "-Xmx160m", "--enable-native-access=ALL-UNNAMED"));
    engine
        .command()
        .addAll(
            List.of(
                "-cp",
                root + "/standalone/target/dist/lib/*",
                mainClass,
                "--data",
                work.resolve(name).toString(),
                "--port",
                Integer.toString(Rig.freePort()),
                "--leash"));
    return engine.redirectError(work.resolve(name + ".log").toFile()).start();
  }

  private static JsonNode ready(Process engine) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(READY)) {
        return Wire.mapper().readTree(line.substring(READY.length()));
      }
      said.add(line);
    }
    throw new IOException("An engine did not start: " + said);
  }

  /** Stops both and waits. */
  @Override
  public void close() {
    broker.destroy();
    database.destroy();
    try {
      if (!database.waitFor(30, TimeUnit.SECONDS)) {
        database.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
