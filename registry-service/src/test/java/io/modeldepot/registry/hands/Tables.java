package io.modeldepot.registry.hands;

import io.modeldepot.testkit.database.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks into the tables, as psql would. */
public final class Tables {
  private Tables() {}

  /** Runs statements in one transaction. */
  public static void run(String... statements) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String one : statements) {
        statement.execute(one);
      }
      connection.commit();
    }
  }

  /** The one value that a query has. */
  public static String value(String query) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  private static Connection open() throws SQLException {
    TestDatabase.Login login = TestDatabase.shared().login();
    return DriverManager.getConnection(login.jdbcUrl(), login.username(), login.password());
  }
}
