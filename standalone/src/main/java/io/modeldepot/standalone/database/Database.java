package io.modeldepot.standalone.database;

import io.modeldepot.standalone.child.FreePort;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * A running PostgreSQL with the depot's database in it. The data stays in the directory between
 * runs; a server left behind by a killed predecessor is stopped first. One process at a time: the
 * second start on a directory fails and says so.
 *
 * <p>The role {@value #ROLE} owns the database and may make roles; it is no superuser. Its password
 * is in the file {@code password}, readable for the owner alone.
 */
public final class Database implements AutoCloseable {
  /** Name of the database. */
  public static final String NAME = "depot";

  /** Name of the role that owns it. */
  public static final String ROLE = "depot";

  private final Cluster cluster;
  private final FileChannel hold;
  private final int port;
  private final String password;

  private Database(Cluster cluster, FileChannel hold, int port, String password) {
    this.cluster = cluster;
    this.hold = hold;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts, and returns when connections are accepted.
   *
   * @param directory where everything is kept
   * @param cache where the unpacked programs are kept, for all directories of this user
   * @param wanted the port; if it is taken the next free one is used
   */
  public static Database start(Path directory, Path cache, int wanted)
      throws IOException, SQLException {
    return start(directory, cache, wanted, false);
  }

  /** The same, on exactly this port. */
  public static Database startOn(Path directory, Path cache, int port)
      throws IOException, SQLException {
    return start(directory, cache, port, true);
  }

  @SuppressWarnings("resource") // Closed by close(), or by the process that ends.
  private static Database start(Path directory, Path cache, int wanted, boolean exactly)
      throws IOException, SQLException {
    Path home = directory.toAbsolutePath();
    Files.createDirectories(home);
    FileChannel hold = hold(home);
    try {
      PostgresBinaries binaries = PostgresBinaries.in(cache.toAbsolutePath());
      // First this, then the port: the one left behind may be the one that has the wanted port.
      Cluster.stopLeftOver(home, binaries);
      int port = exactly ? wanted : FreePort.near(wanted);
      Cluster cluster = Cluster.start(home, binaries, port);
      try {
        String password = Secret.in(home.resolve("password"));
        prepare(port, Secret.in(home.resolve("superuser-password")), password);
        return new Database(cluster, hold, port, password);
      } catch (IOException | SQLException e) {
        cluster.close();
        throw e;
      }
    } catch (IOException | SQLException | RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /** Where to connect. */
  public String jdbcUrl() {
    return url(port, NAME);
  }

  /** The password of {@link #ROLE}. */
  public String password() {
    return password;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Process id of the server. */
  public long pid() {
    return cluster.pid();
  }

  /** Returns when the server has ended, by whatever. */
  public void awaitEnd() {
    cluster.awaitEnd();
  }

  /** Ends all connections, writes everything down, stops. */
  @Override
  public void close() throws IOException {
    try (hold) {
      cluster.close();
    }
  }

  private static FileChannel hold(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException("Another process runs a database in " + directory);
    }
    return channel;
  }

  private static void prepare(int port, String superuserPassword, String password)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", Cluster.SUPERUSER);
    login.setProperty("password", superuserPassword);
    try (Connection connection = DriverManager.getConnection(url(port, "postgres"), login);
        Statement statement = connection.createStatement()) {
      String secret = statement.enquoteLiteral(password);
      if (none(statement, "select 1 from pg_roles where rolname = '" + ROLE + "'")) {
        statement.execute("create role " + ROLE + " login createrole password " + secret);
      }
      if (none(statement, "select 1 from pg_database where datname = '" + NAME + "'")) {
        statement.execute("create database " + NAME + " owner " + ROLE);
      }
    }
  }

  private static boolean none(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }
}
