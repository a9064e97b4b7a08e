package io.modeldepot.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parsers with a fault each, which a run must find. */
class FuzzTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String GOOD = "{\"size\": 12, \"files\": [{\"path\": \"a\"}]}";

  @AfterEach
  void forget() {
    System.clearProperty("depot.fuzz.input");
  }

  private static Fuzz json(String name) {
    return Fuzz.of(name)
        .seed(GOOD)
        .refusedBy(JsonProcessingException.class, CharConversionException.class);
  }

  @Test
  void aParserWithoutAFaultPasses() {
    json("no fault").run(MAPPER::readTree);
  }

  @Test
  void anUndocumentedExceptionIsFoundAndItsInputKept() {
    Target faulty =
        input -> {
          JsonNode size = MAPPER.readTree(input).path("size");
          if (size.isNumber() && size.asLong() < 0) {
            throw new IllegalStateException("negative");
          }
        };

    assertThatThrownBy(() -> json("negative").run(faulty))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("negative threw java.lang.IllegalStateException")
        .hasCauseInstanceOf(IllegalStateException.class);

    System.setProperty("depot.fuzz.input", "target/fuzz/negative.input");
    assertThatThrownBy(() -> json("negative").run(faulty)).hasMessageContaining("negative threw");
  }

  @Test
  void aBombIsFound() {
    assertThatThrownBy(
            () ->
                json("bomb")
                    .run(
                        input -> {
                          long size = MAPPER.readTree(input).path("size").asLong();
                          if (size > 1 << 26) {
                            Arrays.fill(new byte[1 << 26], (byte) 1);
                          }
                        }))
        .hasMessageContaining("bomb allocated 64 MiB");
  }

  @Test
  void aParserThatTakesLongIsFound() {
    assertThatThrownBy(
            () ->
                json("slow")
                    .limits(new Limits(Duration.ofMillis(250), 32 << 20, 2_000))
                    .run(
                        input -> {
                          long until = processorNanos() + 300_000_000;
                          while (input.length > 60 && processorNanos() < until) {
                            Thread.onSpinWait();
                          }
                        }))
        .hasMessageContaining("slow took");
  }

  /** Of this thread: a little more than the limit, far less than what counts as hanging. */
  private static long processorNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  @Test
  void aParserThatNeverComesBackIsFound() {
    assertThatThrownBy(
            () ->
                json("hang")
                    .limits(new Limits(Duration.ofMillis(50), 32 << 20, 2_000))
                    .run(
                        input -> {
                          while (input.length > 60) {
                            Thread.sleep(1_000);
                          }
                        }))
        .hasMessageContaining("hang hangs. The input:");
  }

  @Test
  void aStackThatOverflowsIsFound() {
    assertThatThrownBy(() -> json("deep").run(input -> depth(input, 0)))
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  private static int depth(byte[] input, int at) {
    return at < input.length && input.length > 4_096 ? 1 + depth(input, at) : 0;
  }

  @Test
  void theSameSeedGivesTheSameInputs() {
    assertThat(inputs()).isEqualTo(inputs()).hasSizeGreaterThan(1_000);
  }

  private static List<String> inputs() {
    List<String> all = new ArrayList<>();
    json("same")
        .run(
            input -> {
              all.add(new String(input, StandardCharsets.ISO_8859_1));
              MAPPER.readTree(input);
            });
    return all;
  }

  @Test
  void whatIsNewIsBentFurther() throws IOException {
    Files.deleteIfExists(Path.of("target", "fuzz", "steps.input"));
    assertThatThrownBy(
            () ->
                Fuzz.of("steps")
                    .seed("....")
                    .words("A", "B", "C")
                    .refusedBy(IOException.class)
                    .run(FuzzTest::steps))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(Path.of("target", "fuzz", "steps.input")).content().startsWith("ABC");
  }

  /** Each right letter is another place in the code, as it is in a parser. */
  private static void steps(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("A")) {
      throw new IOException("first");
    }
    if (!text.startsWith("AB")) {
      throw new IOException("second");
    }
    if (text.startsWith("ABC")) {
      throw new IllegalStateException("found");
    }
  }
}
