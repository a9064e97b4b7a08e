package io.modeldepot.standalone.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpawnTest {
  @Test
  void aLocaleThatNamesUtf8IsLeftAlone() {
    assertThat(Spawn.namesAreUtf8(Map.of("LANG", "de_DE.UTF-8"))).isTrue();
    assertThat(Spawn.namesAreUtf8(Map.of("LC_ALL", "C.utf8"))).isTrue();
  }

  @Test
  void withoutALocaleNamesAreAscii() {
    assertThat(Spawn.namesAreUtf8(Map.of())).isFalse();
    assertThat(Spawn.namesAreUtf8(Map.of("LANG", "C"))).isFalse();
  }

  @Test
  void theStrongerVariableCounts() {
    assertThat(Spawn.namesAreUtf8(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8"))).isFalse();
    assertThat(Spawn.namesAreUtf8(Map.of("LC_ALL", "", "LC_CTYPE", "C.UTF-8"))).isTrue();
  }
}
