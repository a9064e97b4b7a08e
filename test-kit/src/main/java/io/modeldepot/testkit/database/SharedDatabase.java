package io.modeldepot.testkit.database;

import io.modeldepot.testkit.process.Containers;

/** The database of this JVM. */
final class SharedDatabase {
  /**
   * Quarkus loads this class anew for each application it tests; the JVM's properties are what all
   * of them see.
   */
  private static final String PREFIX = "depot.testkit.database.";

  private SharedDatabase() {}

  static TestDatabase get() {
    synchronized (System.getProperties()) {
      if (System.getProperty(PREFIX + "url") == null) {
        TestDatabase.Login login = start("shared-database").login();
        System.setProperty(PREFIX + "url", login.jdbcUrl());
        System.setProperty(PREFIX + "username", login.username());
        System.setProperty(PREFIX + "password", login.password());
      }
      return new Shared(
          new TestDatabase.Login(
              System.getProperty(PREFIX + "url", ""),
              System.getProperty(PREFIX + "username", ""),
              System.getProperty(PREFIX + "password", "")));
    }
  }

  static TestDatabase start(String name) {
    return Containers.wanted() ? new ContainerDatabase() : new EmbeddedDatabase(name);
  }

  private record Shared(Login login) implements TestDatabase {
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
      return new UnsupportedOperationException("Other tests share this database: use own().");
    }
  }
}
