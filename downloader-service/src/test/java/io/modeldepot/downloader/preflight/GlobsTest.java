package io.modeldepot.downloader.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {

  /** As Python's fnmatch answers, which is what the hub's own client asks. */
  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "*.json, config.json, true",
    "*.json, sub/config.json, true",
    "*.json, config.json.bak, false",
    "*.json, CONFIG.JSON, false",
    "config.json, sub/config.json, false",
    "onnx/, onnx/model.onnx, true",
    "onnx/, onnx/deep/er/model.onnx, true",
    "onnx/, other/onnx/model.onnx, false",
    "model-?.bin, model-1.bin, true",
    "model-?.bin, model-12.bin, false",
    "model-[12].bin, model-2.bin, true",
    "model-[12].bin, model-3.bin, false",
    "model-[!12].bin, model-3.bin, true",
    "model-[!12].bin, model-1.bin, false",
    "model-[0-9].bin, model-7.bin, true",
    "model-[0-9].bin, model-x.bin, false",
    "a[]]b, a]b, true",
    "a[!]]b, a]b, false",
    "a[!]]b, axb, true",
    "a[^b]c, a^c, true",
    "a[^b]c, axc, false",
    "a[&&b]c, a&c, true",
    "a[b, a[b, true",
    "a[b, ab, false",
    "a[!b, a[!b, true",
    "a[z-a]b, azb, false",
    "a.b, axb, false",
    "a+b(c)|d$, a+b(c)|d$, true",
    "'a\\Eb*', 'a\\Ebc', true",
    "*, anything/at/all, true",
    "😀*, 😀.json, true",
    "*😀.json, a😀.json, true",
    "a?b, a😀b, true",
    "'', config.json, false"
  })
  void aPatternMatchesWhatThePythonClientMatches(String glob, String path, boolean matches) {
    assertThat(Globs.of(List.of(glob)).match(path)).isEqualTo(matches);
  }

  @Test
  void oneOfSeveralPatternsIsEnough() {
    assertThat(Globs.of(List.of("*.bin", "*.json")).match("config.json")).isTrue();
  }

  @Test
  void noPatternMatchesNothing() {
    assertThat(Globs.of(List.of()).match("config.json")).isFalse();
  }

  @Test
  void aStarMatchesALineBreakToo() {
    assertThat(Globs.of(List.of("*.json")).match("a\nb.json")).isTrue();
  }
}
