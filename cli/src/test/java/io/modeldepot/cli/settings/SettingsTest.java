package io.modeldepot.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which value wins, and that its origin is known. */
class SettingsTest {
  @TempDir Path home;
  private final Map<Setting, String> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void nothing_said_means_the_default() {
    assertThat(url()).isEqualTo(new Found("http://localhost:8080", "default"));
  }

  @Test
  void each_place_is_overruled_by_the_next_nearer_one() throws IOException {
    Path data = home.resolve("data");
    write(
        data.resolve("run.json"),
        "{\"pid\":1,\"registryUrl\":\"http://run\",\"modelsDir\":\"/run/models\"}");
    environment.put("DEPOT_DATA", data.toString());
    environment.put("HOME", home.toString());
    assertThat(url()).isEqualTo(new Found("http://run", data.resolve("run.json").toString()));

    write(home.resolve(".config/model-depot/config.properties"), "url = http://user\n");
    assertThat(url().value()).isEqualTo("http://user");

    write(home.resolve("project/model-depot.properties"), "url = http://project\n");
    assertThat(url().origin()).endsWith("project/model-depot.properties");

    environment.put("DEPOT_URL", "http://environment");
    assertThat(url()).isEqualTo(new Found("http://environment", "environment DEPOT_URL"));

    flags.put(Setting.URL, "http://flag");
    assertThat(url()).isEqualTo(new Found("http://flag", "flag --url"));
  }

  @Test
  void a_running_depot_says_where_its_volume_is() throws IOException {
    write(
        home.resolve("checkout/depot-data/run.json"),
        "{\"registryUrl\":\"http://run\",\"modelsDir\":\"/run/models\"}");

    Settings settings =
        Settings.of(flags, environment, home, Optional.of(home.resolve("checkout")));

    assertThat(settings.value(Setting.MODELS_DIR)).isEqualTo("/run/models");
    assertThat(settings.value(Setting.URL)).isEqualTo("http://run");
  }

  @Test
  void a_depot_that_has_ended_left_its_volume_its_location_and_its_hub_but_no_address()
      throws IOException {
    Path data = home.resolve("checkout/depot-data");
    write(
        data.resolve("last.json"),
        "{\"modelsDir\":\"/run/models\",\"location\":\"berlin\",\"hubUrl\":\"http://hub\"}");

    Settings settings =
        Settings.of(flags, environment, home, Optional.of(home.resolve("checkout")));

    Found models = new Found("/run/models", data.resolve("last.json").toString());
    assertThat(settings.found(Setting.MODELS_DIR)).isEqualTo(models);
    assertThat(settings.value(Setting.LOCATION)).isEqualTo("berlin");
    assertThat(settings.hub()).map(Found::value).contains("http://hub");
    assertThat(settings.found(Setting.URL).origin()).isEqualTo("default");
  }

  @Test
  void a_running_depot_is_nearer_than_the_one_before() throws IOException {
    Path data = home.resolve("checkout/depot-data");
    write(data.resolve("last.json"), "{\"modelsDir\":\"/last\",\"location\":\"last\"}");
    write(data.resolve("run.json"), "{\"modelsDir\":\"/run\",\"location\":\"berlin\"}");

    Settings settings =
        Settings.of(flags, environment, home, Optional.of(home.resolve("checkout")));

    assertThat(settings.value(Setting.MODELS_DIR)).isEqualTo("/run");
    assertThat(settings.value(Setting.LOCATION)).isEqualTo("berlin");
  }

  @Test
  void half_a_run_file_is_no_run_file() throws IOException {
    write(home.resolve("checkout/depot-data/run.json"), "{\"registryUrl\":");

    Settings settings =
        Settings.of(flags, environment, home, Optional.of(home.resolve("checkout")));

    assertThat(settings.found(Setting.URL).origin()).isEqualTo("default");
  }

  @Test
  void a_setting_that_does_not_exist_is_named_with_its_file() throws IOException {
    write(home.resolve("project/model-depot.properties"), "ulr = http://project\n");

    assertThatThrownBy(this::url)
        .hasMessageContaining("model-depot.properties")
        .hasMessageContaining("\"ulr\"");
  }

  private Found url() {
    Path below = home.resolve("project/below");
    return Settings.of(flags, environment, below, Optional.empty()).found(Setting.URL);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
