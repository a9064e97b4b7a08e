package io.modeldepot.registry.dump;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.audit.AuditHead;
import io.modeldepot.registry.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A dump, read whole into a table that ends with the transaction, before anything is looked at. */
final class Incoming {
  private static final int ROWS_AT_ONCE = 500;
  private static final String NONE = "It is no dump of a registry: ";

  private final Connection connection;
  private final AuditHead head;

  private Incoming(Connection connection, AuditHead head) {
    this.connection = connection;
    this.head = head;
  }

  /**
   * Reads a dump to its end.
   *
   * @throws ProblemException {@code invalid} if it is none, or not whole
   */
  static Incoming read(Connection connection, InputStream dump) throws SQLException, IOException {
    try (Statement make = connection.createStatement()) {
      make.execute("create temporary table incoming (tbl text, doc jsonb) on commit drop");
    }
    BufferedReader lines = new BufferedReader(new InputStreamReader(dump, StandardCharsets.UTF_8));
    String first = lines.readLine();
    JsonNode head = json(first == null ? "" : first, 1);
    if (head.path("format").asInt() != 1) {
      throw bad("its first line has not the format 1.");
    }
    long rows = rows(connection, lines);
    if (rows < 0) {
      throw bad("its last line is missing, so it was cut off.");
    }
    return new Incoming(
        connection, new AuditHead(head.path("auditSeq").asLong(), head.path("auditHash").asText()));
  }

  /** How many; −1 if the end is missing. */
  private static long rows(Connection connection, BufferedReader lines)
      throws SQLException, IOException {
    long rows = 0;
    long number = 1;
    try (PreparedStatement insert =
        connection.prepareStatement("insert into incoming values (?, ?::jsonb)")) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = json(line, ++number);
        if (row.path("end").asBoolean()) {
          insert.executeBatch();
          return row.path("rows").asLong(-2) == rows ? rows : -1;
        }
        if (!row.path("table").isTextual() || !row.path("row").isObject()) {
          throw bad("line " + number + " is no row of a table.");
        }
        insert.setString(1, row.path("table").textValue());
        insert.setString(2, row.path("row").toString());
        insert.addBatch();
        if (++rows % ROWS_AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
    }
    return -1;
  }

  private static JsonNode json(String line, long number) {
    try {
      return Wire.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw bad("line " + number + " is no JSON.");
    }
  }

  private static ProblemException bad(String why) {
    return ProblemException.invalid("", NONE + why);
  }

  /** The end of the audit trail that is in it, by its own word. */
  AuditHead head() {
    return head;
  }

  /** The id of the installation that it is from. */
  String installation() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet id =
            statement.executeQuery(
                "select doc ->> 'id' from incoming where tbl = 'installation'")) {
      if (!id.next()) {
        throw bad("it does not say which installation it is from.");
      }
      return id.getString(1);
    }
  }

  /**
   * Refuses what this registry has no place for: it would be lost without a word.
   *
   * @throws ProblemException {@code invalid}
   */
  void requireKnown() throws SQLException {
    String unknown =
        """
        select distinct i.tbl || '.' || k from incoming i, jsonb_object_keys(i.doc) k
        where not exists (select 1 from information_schema.columns c
                          where c.table_schema = 'public' and c.table_name = i.tbl and c.column_name = k)
        order by 1 limit 5
        """;
    List<String> found = strings(unknown);
    if (!found.isEmpty()) {
      throw ProblemException.invalid(
          "",
          "The dump has what this registry has no place for: "
              + String.join(", ", found)
              + ". It is of a newer version: update this one first.");
    }
  }

  /** Puts the rows of a table where there is none of the same key. */
  void put(String table) throws SQLException {
    List<String> columns =
        strings(
            """
            select distinct quote_ident(k) from incoming i, jsonb_object_keys(i.doc) k, information_schema.columns c
            where i.tbl = '%s' and c.table_schema = 'public' and c.table_name = i.tbl and c.column_name = k
              and c.is_generated = 'NEVER' order by 1
            """
                .formatted(table));
    if (columns.isEmpty()) {
      return;
    }
    String names = String.join(", ", new TreeSet<>(columns));
    String values =
        new TreeSet<>(columns).stream().map(c -> "r." + c).collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into %1$s (%2$s) select %3$s from incoming i cross join lateral jsonb_populate_record(null::%1$s, i.doc) r where i.tbl = '%1$s' on conflict do nothing"
              .formatted(table, names, values));
    }
  }

  private List<String> strings(String query) throws SQLException {
    List<String> found = new java.util.ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
