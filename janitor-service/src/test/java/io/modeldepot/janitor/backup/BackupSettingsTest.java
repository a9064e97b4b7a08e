package io.modeldepot.janitor.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackupSettingsTest {
  @Test
  void aTargetOfItsOwnNameComesFromTheEnvironmentBesideTheDefault() {
    BackupSettings settings =
        new SmallRyeConfigBuilder()
            .withMapping(BackupSettings.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("depot.backup.targets.default.directory", "/backups"), "file", 250),
                new EnvConfigSource(
                    Map.of(
                        "DEPOT_BACKUP_TARGETS__OFFSITE__DIRECTORY", "/offsite",
                        "DEPOT_BACKUP_TARGETS__OFFSITE__KEY_FILE", "/run/secrets/offsite"),
                    300))
            .build()
            .getConfigMapping(BackupSettings.class);

    assertThat(settings.targets())
        .containsOnlyKeys("default", "offsite")
        .hasEntrySatisfying(
            "offsite",
            target -> {
              assertThat(target.directory()).contains(Path.of("/offsite"));
              assertThat(target.keyFile()).contains(Path.of("/run/secrets/offsite"));
            })
        .hasEntrySatisfying("default", target -> assertThat(target.keyFile()).isEmpty());
  }
}
