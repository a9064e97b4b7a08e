package io.modeldepot.testkit.broker;

import io.modeldepot.testkit.net.Passage;
import io.modeldepot.testkit.process.FreePorts;
import io.modeldepot.testkit.process.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A broker that every party reaches on a way of its own, which can be cut while the others go on:
 * each has a listener, and is told the entrance of its way as that listener's address. Always
 * embedded. Whoever is no party comes in beside the ways.
 */
public final class DividedBroker implements TestBroker, AutoCloseable {
  private final EmbeddedBroker broker;
  private final Map<String, Passage> ways = new TreeMap<>();

  private DividedBroker(Path folder, int port, Map<String, Integer> listeners) {
    listeners.forEach((party, listener) -> ways.put(party, new Passage(listener)));
    this.broker = new EmbeddedBroker(folder, port, settings(port, listeners));
  }

  /** Starts one for these parties. */
  public static DividedBroker start(List<String> parties) {
    Map<String, Integer> listeners = new TreeMap<>();
    parties.forEach(party -> listeners.put(party, FreePorts.next()));
    return new DividedBroker(
        Repository.newDataFolder("divided-broker"), FreePorts.next(), listeners);
  }

  /** The way of a party. */
  public Passage way(String party) {
    Passage way = ways.get(party);
    if (way == null) {
      throw new IllegalArgumentException(party + " is not among " + ways.keySet());
    }
    return way;
  }

  /** What a client of this party is set to, by Kafka's names. */
  public Map<String, String> client(String party) {
    return Map.of(
        "bootstrap.servers", ways.containsKey(party) ? way(party).address() : bootstrapServers());
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void stop() {
    broker.stop();
  }

  @Override
  public void kill() {
    broker.kill();
  }

  @Override
  public void start() {
    broker.start();
  }

  /** Its number, for signals. */
  public long pid() {
    return broker.pid();
  }

  /** Kills it and takes everything away that it knew; it comes back empty, under another name. */
  public void wipe() {
    broker.wipe();
  }

  @Override
  public void close() {
    ways.values().forEach(Passage::close);
    broker.kill();
  }

  private Properties settings(int port, Map<String, Integer> listeners) {
    int controller = FreePorts.next();
    List<String> listen = new ArrayList<>(List.of("PLAINTEXT://127.0.0.1:" + port));
    List<String> told = new ArrayList<>(listen);
    List<String> protocols = new ArrayList<>(List.of("PLAINTEXT:PLAINTEXT"));
    listeners.forEach(
        (party, listener) -> {
          String name = party.toUpperCase(Locale.ROOT);
          listen.add(name + "://127.0.0.1:" + listener);
          told.add(name + "://" + way(party).address());
          protocols.add(name + ":PLAINTEXT");
        });
    listen.add("CONTROLLER://127.0.0.1:" + controller);
    protocols.add("CONTROLLER:PLAINTEXT");
    Properties settings = new Properties();
    settings.setProperty("listeners", String.join(",", listen));
    settings.setProperty("advertised.listeners", String.join(",", told));
    settings.setProperty("listener.security.protocol.map", String.join(",", protocols));
    settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
    return settings;
  }
}
