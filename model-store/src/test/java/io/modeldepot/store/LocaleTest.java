package io.modeldepot.store;

import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services should run with UTF-8; one that does not must still see the rest of the volume. */
final class LocaleTest {
  @TempDir Path directory;

  @Test
  void oneNameThatCannotBeSpelledHidesNothingElse() throws Exception {
    Assumptions.assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")));
    try (StoreFixture volume = new StoreFixture(directory)) {
      volume.publish(FIRST, files("mod\u00e8le.bin", large(2), "model.safetensors", large(1)));
    }
    ChildJvm.End end = ChildJvm.run(Map.of("LC_ALL", "C"), AsciiMain.class, directory);

    assertThat(end.output()).startsWith("ANSI_X3.4-1968 true true");
    assertThat(end.status()).isZero();
  }
}
