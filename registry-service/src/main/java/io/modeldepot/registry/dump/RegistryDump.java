package io.modeldepot.registry.dump;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.wire.Wire;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Writes every table as lines of JSON, all of one moment. */
@ApplicationScoped
public class RegistryDump {
  private static final int ROWS_AT_ONCE = 500;

  /** What another installation has of its own, what is only on its way out, and what follows. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "flyway_schema_history",
          "outbox",
          "notification",
          "notification_attempt",
          "notification_circumstance",
          "notification_stop",
          "change_stamp",
          "cache_seal",
          "model_shown");

  private final DataSource database;
  private final InstantSource clock;

  RegistryDump(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Writes the dump.
   *
   * @throws IOException if the reader is gone or the database refuses; what was written is no dump
   */
  public void writeTo(OutputStream out) throws IOException {
    try (Connection connection = database.getConnection()) {
      boolean commits = connection.getAutoCommit();
      int isolation = connection.getTransactionIsolation();
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        dump(connection, out);
      } finally {
        connection.rollback();
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(commits);
      }
    } catch (SQLException e) {
      throw new IOException("The database does not give its data: " + e.getMessage(), e);
    }
  }

  private void dump(Connection connection, OutputStream out) throws SQLException, IOException {
    ObjectNode first = Wire.mapper().createObjectNode().put("format", 1);
    first.put("at", Wire.time(clock.instant()));
    head(connection, first);
    line(out, first.toString());
    long rows = 0;
    for (String table : tables(connection)) {
      rows += table(connection, table, out);
    }
    line(out, Wire.mapper().createObjectNode().put("end", true).put("rows", rows).toString());
    out.flush();
  }

  private static void head(Connection connection, ObjectNode into) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet last =
            statement.executeQuery("select seq, hash from audit order by seq desc limit 1")) {
      if (last.next()) {
        into.put("auditSeq", last.getLong(1)).put("auditHash", last.getString(2));
      } else {
        into.put("auditSeq", 0).put("auditHash", "");
      }
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet names =
            statement.executeQuery(
                "select table_name from information_schema.tables where table_schema = 'public'"
                    + " and table_type = 'BASE TABLE' order by table_name")) {
      while (names.next()) {
        if (!LEFT_OUT.contains(names.getString(1))) {
          tables.add(names.getString(1));
        }
      }
    }
    return tables;
  }

  private static long table(Connection connection, String table, OutputStream out)
      throws SQLException, IOException {
    String quoted = '"' + table.replace("\"", "\"\"") + '"';
    long rows = 0;
    try (PreparedStatement select =
        connection.prepareStatement(
            "select row_to_json(t)::text from "
                + quoted
                + " t"
                + (table.equals("audit") ? " order by seq" : ""))) {
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          line(out, "{\"table\":\"" + table + "\",\"row\":" + row.getString(1) + "}");
          rows++;
        }
      }
    }
    return rows;
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }
}
