package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.CleanupScope;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** 10,000 versions and 1,000,000 blobs, in the memory that the build gives a test. */
class LargeSiteTest {
  private static final int MODELS = 1000;
  private static final int VERSIONS = 10;
  private static final int FILES = 100;

  @Test
  void isPlannedInTenSeconds() {
    Pictures given = new Pictures();
    long content = 0;
    for (int model = 0; model < MODELS; model++) {
      String name = "model-" + model;
      given.wish(name, model % 2 == 0, null, 3);
      for (int version = 0; version < VERSIONS; version++) {
        long[] files = new long[FILES];
        for (int file = 0; file < FILES; file++) {
          files[file] = content++;
          given.blob(files[file], 2 << 20, file == 0 ? 1 : 2, Duration.ofDays(9));
        }
        given.version(
            name,
            model * VERSIONS + version,
            Duration.ofDays(30 - version),
            version == VERSIONS - 1,
            files);
      }
    }

    long begun = System.nanoTime();
    Plan plan = given.plan(CleanupScope.CACHE, CleanupScope.VERSIONS, CleanupScope.UNUSED);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    System.out.printf(
        "A plan over %d versions and %d blobs took %d ms%n",
        given.versions.size(), given.blobs.size(), took.toMillis());
    assertThat(given.blobs).hasSize(1_000_000);
    assertThat(plan.items()).hasSize(10_000 + 7_000);
    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }
}
