package io.modeldepot.testkit.released;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts recorded rows into a database whose schema is theirs, an earlier or a later one. */
public final class Inserting {
  private final Connection connection;
  private final Map<String, List<String>> columns = new HashMap<>();

  /** Into the connection's first schema. */
  public Inserting(Connection connection) {
    this.connection = connection;
  }

  /** Whether there is such a table. */
  public boolean takes(String table) throws SQLException {
    return !columns(table).isEmpty();
  }

  /**
   * A row of what was recorded. Columns that the table has not, or that it computes itself, are
   * left out; the id that a new installation has drawn gives way.
   */
  public void insert(ReleasedDepot.Row row) throws SQLException {
    if (row.table().equals("installation")) {
      run("delete from installation");
    }
    String names = String.join(", ", named(row.columns(), columns(row.table())));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into %1$s (%2$s) overriding system value select %2$s from jsonb_populate_record(null::%1$s, ?::jsonb)"
                .formatted(row.table(), names))) {
      insert.setString(1, row.columns().toString());
      insert.executeUpdate();
    }
  }

  /** New records of the outbox go on after those that were put in. */
  public void goOn() throws SQLException {
    run("select setval(pg_get_serial_sequence('outbox', 'seq'), (select max(seq) from outbox))");
  }

  private void run(String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static List<String> named(JsonNode row, List<String> columns) {
    return columns.stream().filter(row::has).toList();
  }

  private List<String> columns(String table) throws SQLException {
    List<String> known = columns.get(table);
    if (known == null) {
      known = lookUp(table);
      columns.put(table, known);
    }
    return known;
  }

  private List<String> lookUp(String table) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select column_name from information_schema.columns where table_name = ?"
                + " and table_schema = current_schema() and is_generated = 'NEVER'")) {
      select.setString(1, table);
      List<String> names = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          names.add(found.getString(1));
        }
      }
      return names;
    }
  }
}
