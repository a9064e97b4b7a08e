package io.modeldepot.registry.released;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

class ReleasedMigrationsTest {

  @Test
  void noMigrationIsAnotherOneThanWasReleased() throws Exception {
    assertThat(ofToday())
        .as(
            "A migration that somebody has run is never edited: add a new one, and its line to %s",
            Released.LIST)
        .containsExactlyEntriesOf(Released.checksums());
  }

  private static Map<String, Integer> ofToday() throws SQLException {
    Map<String, Integer> checksums = new TreeMap<>();
    try (Scratch scratch = new Scratch("released_list")) {
      Arrays.stream(scratch.flyway().load().info().all())
          .filter(migration -> migration.getVersion() != null)
          .forEach(migration -> checksums.put(name(migration), migration.getChecksum()));
    }
    return checksums;
  }

  private static String name(MigrationInfo migration) {
    return Objects.requireNonNull(Path.of(migration.getScript()).getFileName()).toString();
  }
}
