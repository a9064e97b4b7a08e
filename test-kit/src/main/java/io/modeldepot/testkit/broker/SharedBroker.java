package io.modeldepot.testkit.broker;

import io.modeldepot.testkit.process.Containers;

/** The broker of this JVM. */
final class SharedBroker {
  /**
   * Quarkus loads this class anew for each application it tests; the JVM's properties are what all
   * of them see.
   */
  private static final String ADDRESS = "depot.testkit.broker";

  private SharedBroker() {}

  static TestBroker get() {
    synchronized (System.getProperties()) {
      String known = System.getProperty(ADDRESS);
      if (known == null) {
        known = start("shared-broker").bootstrapServers();
        System.setProperty(ADDRESS, known);
      }
      return new Shared(known);
    }
  }

  static TestBroker start(String name) {
    return Containers.wanted() ? new ContainerBroker() : new EmbeddedBroker(name);
  }

  private record Shared(String bootstrapServers) implements TestBroker {
    @Override
    public void stop() {
      throw refused();
    }

    @Override
    public void kill() {
      throw refused();
    }

    @Override
    public void start() {
      throw refused();
    }

    private static UnsupportedOperationException refused() {
      return new UnsupportedOperationException("Other tests share this broker: use own().");
    }
  }
}
