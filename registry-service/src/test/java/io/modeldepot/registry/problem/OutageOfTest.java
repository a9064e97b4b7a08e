package io.modeldepot.registry.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageOfTest {

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P03", "53300", "40P01", "40001", "25006"})
  void aDatabaseThatIsAwayOrInConflictIsAnOutage(String state) {
    assertThat(Outage.of(new IllegalStateException(new SQLException("away", state)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22P05", "23505", "42P01"})
  void anErrorInTheWorkIsNone(String state) {
    assertThat(Outage.of(new IllegalStateException(new SQLException("wrong", state)))).isFalse();
  }

  @Test
  void aConnectionThatBrokeInTheMiddleOfTheCommitIsOneThoughOnlySuppressed() {
    Exception rollback = new Exception("Could not commit transaction.");
    rollback.addSuppressed(new Exception(new SQLException("postmaster exit", "57P01")));

    assertThat(Outage.of(new RuntimeException(rollback))).isTrue();
  }

  @Test
  void twoThatAreInEachOthersWayAreAConflictAndALostConnectionIsNone() {
    assertThat(Outage.isConflict(new IllegalStateException(new SQLException("dead", "40P01"))))
        .isTrue();
    assertThat(Outage.isConflict(new IllegalStateException(new SQLException("away", "08006"))))
        .isFalse();
  }

  @Test
  void whenTheCommitFailsNobodyKnowsWhetherItWasDone() {
    RollbackException rollback = new RollbackException("Could not commit transaction.");
    rollback.addSuppressed(new SQLException("postmaster exit", "57P01"));

    assertThat(Outage.ofTheCommit(new RuntimeException(rollback))).isTrue();
    assertThat(Outage.ofTheCommit(new RuntimeException(new SQLException("away", "57P01"))))
        .isFalse();
  }

  @Test
  void aCircleOfCausesEnds() {
    Exception first = new Exception();
    Exception second = new Exception(first);
    first.addSuppressed(second);

    assertThat(Outage.of(second)).isFalse();
  }
}
