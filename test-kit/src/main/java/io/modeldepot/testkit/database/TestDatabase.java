package io.modeldepot.testkit.database;

import java.util.Map;

/**
 * A real PostgreSQL with one empty database, whose owner is the role given here. Its address never
 * changes, whatever is done to it; its data survives.
 */
public interface TestDatabase {

  /** Where to connect. */
  Login login();

  /** Stops it in order. */
  void stop();

  /** Kills the server; what was committed is still there after {@link #start()}. */
  void kill();

  /** Starts it again on the same address with the same data. */
  void start();

  /** Stops and starts. */
  default void restart() {
    stop();
    start();
  }

  /** The database that all tests of this JVM share. Do not stop it; take {@link #own()}. */
  static TestDatabase shared() {
    return SharedDatabase.get();
  }

  /** A new server for one test; it ends with the JVM at the latest. */
  static TestDatabase own() {
    return SharedDatabase.start("own-database");
  }

  /**
   * How to log in.
   *
   * @param jdbcUrl address of the database
   * @param username its owner
   * @param password of the owner
   */
  record Login(String jdbcUrl, String username, String password) {

    /** The same as settings of Quarkus' default datasource. */
    public Map<String, String> asQuarkusSettings() {
      return Map.of(
          "quarkus.datasource.jdbc.url",
          jdbcUrl,
          "quarkus.datasource.username",
          username,
          "quarkus.datasource.password",
          password);
    }
  }
}
