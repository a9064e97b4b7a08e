package io.modeldepot.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.modeldepot.systemtests.guide.Guide.Command;
import io.modeldepot.systemtests.guide.Guide.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideTest {
  private static final String PAGE =
      """
      # A page
      ```sh
      one \\
        --more
      two   # says why
      ```
      ```sh needs vllm
      three
      ```
      ```
      shown and not run
      ```
      ```python
      print(4)
      ```
      ```sh by UpCommandTest
      make up
      ```
      ```shell
      five
      ```
      """;

  @TempDir Path folder;

  @Test
  void commandsAreThoseOfMarkedBlocksInTheirOrder() throws IOException {
    List<Command> commands = page().commands();

    assertThat(commands)
        .extracting(Command::text, Command::mark)
        .containsExactly(
            tuple("one \\\n  --more", new Mark.Run()),
            tuple("two   # says why", new Mark.Run()),
            tuple("three", new Mark.Needs("vllm")),
            tuple("python3 - <<'END'\nprint(4)\nEND", new Mark.Needs("python3")),
            tuple("make up", new Mark.By("UpCommandTest")));
    assertThat(commands)
        .extracting(Command::place)
        .startsWith("page.md:3", "page.md:5", "page.md:8");
  }

  @Test
  void aBlockThatDoesNotSayHowItIsRunIsFound() throws IOException {
    assertThat(page().blocksThatNobodyRuns()).containsExactly("page.md:11", "page.md:20");
  }

  @Test
  void theReadmeShowsNothingThatIsNotRun() {
    assertThat(GuideStory.README.blocksThatNobodyRuns()).isEmpty();
    assertThat(GuideStory.README.commands()).hasSizeGreaterThan(15);
    assertThat(GuideStory.README.commands())
        .filteredOn(it -> it.mark() instanceof Mark.By)
        .extracting(Command::text)
        .containsExactly("make up");
  }

  @Test
  void theOperatorGuideHasCommandsToRun() {
    assertThat(GuideStory.OPERATOR.commands()).hasSizeGreaterThan(40);
    assertThat(GuideStory.OPERATOR.commands())
        .filteredOn(it -> !(it.mark() instanceof Mark.Run))
        .hasSizeLessThan(4);
  }

  private Guide page() throws IOException {
    return new Guide(Files.writeString(folder.resolve("page.md"), PAGE));
  }
}
