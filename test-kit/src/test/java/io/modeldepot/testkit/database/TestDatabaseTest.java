package io.modeldepot.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class TestDatabaseTest {
  private final TestDatabase database = TestDatabase.own();

  @AfterAll
  void stop() {
    database.stop();
  }

  @Test
  void itIsPostgresql18() throws SQLException {
    assertThat(answer("show server_version")).startsWith("18.");
  }

  @Test
  void committedRowsAreStillThereAfterARestart() throws SQLException {
    run("create table a (word text); insert into a values ('kept')");

    database.restart();

    assertThat(answer("select word from a")).isEqualTo("kept");
  }

  @Test
  void committedRowsAreStillThereAfterAKill() throws SQLException {
    run("create table b (word text); insert into b values ('kept')");

    database.kill();
    database.start();

    assertThat(answer("select word from b")).isEqualTo("kept");
  }

  @Test
  void nobodyGetsInWithoutThePassword() {
    TestDatabase.Login login = database.login();

    assertThatThrownBy(() -> DriverManager.getConnection(login.jdbcUrl(), login.username(), "x"))
        .hasMessageContaining("password authentication failed");
  }

  private void run(String statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private String answer(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    TestDatabase.Login login = database.login();
    return DriverManager.getConnection(login.jdbcUrl(), login.username(), login.password());
  }
}
