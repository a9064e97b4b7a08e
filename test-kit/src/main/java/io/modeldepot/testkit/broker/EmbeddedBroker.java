package io.modeldepot.testkit.broker;

import io.modeldepot.testkit.process.EngineProcess;
import io.modeldepot.testkit.process.FreePorts;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A broker as a child process. */
final class EmbeddedBroker implements TestBroker {
  private static final String MAIN = "io.modeldepot.standalone.broker.BrokerMain";

  private final Path folder;
  private final String address;
  private final int port;
  private final Optional<Path> settings;
  private EngineProcess process;

  EmbeddedBroker(String name) {
    this(Repository.newDataFolder(name), FreePorts.next(), new Properties());
  }

  /**
   * In this folder, at this port.
   *
   * @param more of Kafka's settings
   */
  EmbeddedBroker(Path folder, int wanted, Properties more) {
    this.folder = folder;
    this.settings = written(folder, more);
    this.process = run(List.of("--port", Integer.toString(wanted)));
    this.address = process.ready().path("bootstrapServers").asText();
    this.port = process.ready().path("port").asInt();
  }

  @Override
  public String bootstrapServers() {
    return address;
  }

  @Override
  public synchronized void stop() {
    process.stop();
  }

  @Override
  public synchronized void kill() {
    process.kill();
  }

  @Override
  public synchronized void start() {
    if (!process.isAlive()) {
      process = run(List.of("--port", Integer.toString(port), "--exact"));
    }
  }

  synchronized long pid() {
    return process.pid();
  }

  /** Ends it, and takes its data away; it starts as a new one. */
  synchronized void wipe() {
    process.kill();
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  private static Optional<Path> written(Path folder, Properties settings) {
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.resolve("settings.properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EngineProcess run(List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(more);
    settings.ifPresent(file -> arguments.addAll(List.of("--settings", file.toString())));
    return EngineProcess.start(MAIN, arguments, folder.resolve("broker.log"));
  }
}
