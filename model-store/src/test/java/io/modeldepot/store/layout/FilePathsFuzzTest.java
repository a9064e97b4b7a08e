package io.modeldepot.store.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.fuzz.Fuzz;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that a hub lists, one a line. */
final class FilePathsFuzzTest {
  private static final Path TREE = Path.of("/opt/ai-models/models/a/b/c");

  @Test
  void aGoodNameStaysInItsTree() {
    Fuzz.of("file names")
        .seed("config.json\nmodel-00001-of-00002.safetensors\nonnx/model.onnx_data\na/b/c/d.txt")
        .seed("README.md\nreadme.md\nÄ/a\nA\u0308/a\na\na/b")
        .seed("d/".repeat(500) + "a")
        .words("..", "/", "//", "\\", "\u0000", "CON", " ", ".", "\n", "\u0080", "\u00ff")
        .run(
            input -> {
              List<String> paths = new String(input, UTF_8).lines().toList();
              boolean good = FilePaths.faults(paths).isEmpty();
              for (String path : paths) {
                FilePaths.fault(path).ifPresent(fault -> assertThat(fault.toString()).isNotEmpty());
                if (good) {
                  assertThat(TREE.resolve(path).normalize()).startsWithRaw(TREE).isNotEqualTo(TREE);
                }
              }
            });
  }
}
