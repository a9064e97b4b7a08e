package io.modeldepot.registry.notify.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.notify.receiver.Keys;
import io.modeldepot.registry.notify.receiver.NewsKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says: the events there are, and how a signature is verified. */
class PageTest {
  private static final Path DOCS = Path.of(System.getProperty("depot.root", "..")).resolve("docs");
  private static final Pattern PYTHON = Pattern.compile("```python\\n(.*?)```", Pattern.DOTALL);
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir Path place;

  @Test
  void thePageAndTheSchemaHaveEveryEvent() throws IOException {
    String page = Files.readString(DOCS.resolve("notifications.md"));
    String schema = Files.readString(DOCS.resolve("schemas/desired-state.json"));

    assertThat(Arrays.stream(NewsKind.values()).filter(kind -> kind != NewsKind.TEST))
        .allSatisfy(kind -> assertThat(page).contains("`" + kind.word() + "`"))
        .allSatisfy(kind -> assertThat(schema).contains("\"" + kind.word() + "\""));
  }

  @Test
  void theCodeOfThePageTellsWhatIsFromTheDepot() throws Exception {
    Optional<Path> python =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "python3"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(python.isPresent(), "no python3 here");
    Instant at = Instant.ofEpochSecond(1795766400);
    String body = "{\"say\":\"ümläut\"}";
    String signature =
        Signature.of("n-1", at, body.getBytes(UTF_8), Keys.read("x".repeat(24), KEY));
    Matcher code = PYTHON.matcher(Files.readString(DOCS.resolve("notifications.md")));
    assertThat(code.find()).isTrue();
    Path script = place.resolve("verify.py");
    Files.writeString(script, code.group(1) + asks(signature, body, at));

    Process process =
        new ProcessBuilder(python.get().toString(), script.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines().toList()).as(said).containsExactly("True", "False", "False", "False");
  }

  /** As it came; with another body; much later; under another id. */
  private static String asks(String signature, String body, Instant at) {
    String headers =
        new String(
            Wire.write(
                Map.of(
                    "webhook-id",
                    "n-1",
                    "webhook-timestamp",
                    Long.toString(at.getEpochSecond()),
                    "webhook-signature",
                    signature)),
            UTF_8);
    String ask = "print(is_from_the_depot(%s, %s.encode(), '%s', now=%d))%n";
    long now = at.getEpochSecond() + 5;
    return ask.formatted(headers, "'" + body + "'", KEY, now)
        + ask.formatted(headers, "'" + body + " '", KEY, now)
        + ask.formatted(headers, "'" + body + "'", KEY, now + 3600)
        + ask.formatted(headers.replace("n-1", "n-2"), "'" + body + "'", KEY, now);
  }
}
