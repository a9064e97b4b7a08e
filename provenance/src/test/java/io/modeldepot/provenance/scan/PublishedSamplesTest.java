package io.modeldepot.provenance.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The samples that others collected, where somebody has them: {@code PICKLE_SAMPLES} names a
 * directory whose files are all attacks.
 */
@EnabledIfEnvironmentVariable(named = "PICKLE_SAMPLES", matches = ".+")
class PublishedSamplesTest {
  @Test
  void noAttackIsAllowed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getenv("PICKLE_SAMPLES")))) {
      for (Path file : files.sorted().toList()) {
        ModelScan scan = ModelScan.of(Map.of(file.getFileName().toString(), file));

        assertThat(scan.verdict().allowed()).as(file + ": " + scan).isFalse();
      }
    }
  }
}
