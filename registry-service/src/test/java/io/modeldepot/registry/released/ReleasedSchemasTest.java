package io.modeldepot.registry.released;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.testkit.released.ReleasedDepot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schema that was ever the newest, with rows that services of their time wrote. */
class ReleasedSchemasTest {
  private static final String EIGHT =
      "select checksum::text from flyway_schema_history where version = '8'";

  static Stream<String> versions() {
    return Released.checksums().keySet().stream()
        .map(name -> name.substring(1, name.indexOf("__")));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyRowOfAReleasedSchemaIsThereInTheNewest(String version) throws Exception {
    try (Scratch scratch = new Scratch("released_from_" + version)) {
      scratch.migrateTo(version);
      Map<String, List<String>> before = filled(scratch);

      scratch.migrate();

      assertThatAllAreIn(scratch, before);
    }
  }

  @Test
  void aDepotThatWasMadeWithTheFirstFormOfSiteSettingsStartsToo() throws Exception {
    try (Scratch scratch = new Scratch("released_from_first_8")) {
      scratch.migrateTo("7");
      scratch.migrateFrom("classpath:released/former");
      String checksum = scratch.texts(EIGHT).getFirst();
      Map<String, List<String>> before = filled(scratch);

      scratch.migrate();

      assertThatAllAreIn(scratch, before);
      assertThat(scratch.texts(EIGHT)).doesNotContain(checksum);
      ReleasedDepot.Row removed =
          new ReleasedDepot.Row(
              "site_setting",
              Wire.mapper()
                  .createObjectNode()
                  .put("key", "removed")
                  .put("generation", 0)
                  .put("updated_at", "2026-11-26T02:00:00Z"));
      assertThat(scratch.insert(List.of(removed))).containsExactly("site_setting");
    }
  }

  /** Puts in what there are tables for, and gives the rows as they were then. */
  private static Map<String, List<String>> filled(Scratch scratch) throws Exception {
    List<ReleasedDepot.Row> rows = new ArrayList<>(ReleasedDepot.rows());
    for (String line : Released.lines("released/later-rows.jsonl")) {
      JsonNode row = Wire.mapper().readTree(line);
      rows.add(new ReleasedDepot.Row(row.path("table").asText(), row.path("row")));
    }
    Map<String, List<String>> filled = new TreeMap<>();
    for (String table : scratch.insert(rows)) {
      filled.put(table, scratch.rows(table));
    }
    assertThat(filled.values()).isNotEmpty().noneMatch(List::isEmpty);
    return filled;
  }

  private static void assertThatAllAreIn(Scratch scratch, Map<String, List<String>> before)
      throws Exception {
    for (Map.Entry<String, List<String>> table : before.entrySet()) {
      assertThat(scratch.missing(table.getKey(), table.getValue())).as(table.getKey()).isEmpty();
    }
    assertThat(
            scratch.texts(
                "select to_jsonb(l)::text from model_list l except"
                    + " select to_jsonb(s)::text from model_shown s"))
        .as("What is shown is what the list says")
        .isEmpty();
  }
}
