package io.modeldepot.registry.desired.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What editors are told, and the page, have the keys that are read, and no others. */
class SchemaTest {
  private static final Path DOCS = Path.of(System.getProperty("depot.root", "..")).resolve("docs");

  @Test
  void theSchemaHasTheKeysThatAreRead() throws IOException {
    JsonNode schema = Wire.mapper().readTree(DOCS.resolve("schemas/desired-state.json").toFile());

    assertThat(keys(schema)).isEqualTo(new TreeSet<>(DesiredState.KEYS));
    assertThat(keys(schema.at("/properties/defaults"))).isEqualTo(new TreeSet<>(Defaults.KEYS));
    assertThat(keys(schema.at("/properties/models/additionalProperties"))).isEqualTo(ModelKeys.ALL);
    JsonNode gpu = schema.at("/properties/gpus/additionalProperties");
    assertThat(keys(gpu)).isEqualTo(new TreeSet<>(SettingReading.GPU));
    assertThat(keys(gpu.at("/properties/drain/oneOf/1")))
        .isEqualTo(new TreeSet<>(SettingReading.DRAIN));
    assertThat(keys(gpu.at("/properties/reserve")))
        .isEqualTo(new TreeSet<>(SettingReading.RESERVE));
    JsonNode retention = schema.at("/properties/retention");
    assertThat(keys(retention)).isEqualTo(new TreeSet<>(SettingReading.RETENTION));
    assertThat(keys(retention.at("/properties/watermarks")))
        .isEqualTo(new TreeSet<>(SettingReading.WATERMARKS));
    assertThat(keys(schema.at("/properties/schedules/additionalProperties")))
        .isEqualTo(new TreeSet<>(SettingReading.SCHEDULE));
    assertThat(keys(schema.at("/properties/notify/additionalProperties")))
        .isEqualTo(new TreeSet<>(SettingReading.NOTIFY));
  }

  @Test
  void thePageNamesEveryKeyOfAModel() throws IOException {
    String page = Files.readString(DOCS.resolve("desired-state.md"));

    assertThat(ModelKeys.ALL).allSatisfy(key -> assertThat(page).contains("`" + key));
  }

  private static Set<String> keys(JsonNode object) {
    assertThat(object.path("additionalProperties").asBoolean(true)).as("closed").isFalse();
    Set<String> keys = new TreeSet<>();
    object.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
