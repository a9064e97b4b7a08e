package io.modeldepot.registry.released;

import io.modeldepot.testkit.database.TestDatabase;
import io.modeldepot.testkit.released.Inserting;
import io.modeldepot.testkit.released.ReleasedDepot;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A schema of its own in the tests' database, migrated as the registry does it at its start. */
final class Scratch implements AutoCloseable {
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private final TestDatabase.Login login;
  private final String schema;
  private final Connection connection;

  /** A new one. */
  Scratch(String schema) throws SQLException {
    FLYWAY.setLevel(Level.WARNING);
    this.login = TestDatabase.shared().login();
    this.schema = schema;
    this.connection = DriverManager.getConnection(url(), login.username(), login.password());
  }

  /** To the newest that there is. */
  void migrate() {
    flyway().load().migrate();
  }

  /** Up to a version. */
  void migrateTo(String version) {
    flyway().target(version).load().migrate();
  }

  /** The migrations of another place, on top of those that were run. */
  void migrateFrom(String location) {
    flyway().locations(location).ignoreMigrationPatterns("*:missing").load().migrate();
  }

  FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(url(), login.username(), login.password())
        .schemas(schema)
        .defaultSchema(schema)
        .placeholders(Map.of("service-role", "none"))
        .locations("classpath:db/migration");
  }

  /** Puts in the rows for which there are tables, and gives the names of these. */
  Set<String> insert(List<ReleasedDepot.Row> rows) throws SQLException {
    Set<String> tables = new TreeSet<>();
    connection.setAutoCommit(false);
    Inserting inserting = new Inserting(connection);
    for (ReleasedDepot.Row row : rows) {
      if (inserting.takes(row.table())) {
        inserting.insert(row);
        tables.add(row.table());
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    return tables;
  }

  /** Every row of a table as JSON. */
  List<String> rows(String table) throws SQLException {
    return texts("select to_jsonb(t)::text from " + table + " t");
  }

  /** Those of these rows of which no row of the table has all values. */
  List<String> missing(String table, List<String> rows) throws SQLException {
    return texts(
        "select r from unnest(?) r where not exists"
            + " (select 1 from %s t where to_jsonb(t) @> r::jsonb)".formatted(table),
        rows.toArray(String[]::new));
  }

  /** The only column of a query. */
  List<String> texts(String query, String[]... parameter) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameter.length; i++) {
        statement.setArray(i + 1, connection.createArrayOf("text", parameter[i]));
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          texts.add(found.getString(1));
        }
      }
      return texts;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private String url() {
    String url = login.jdbcUrl();
    return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
  }
}
