package io.modeldepot.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands on a topic is read or refused by its reason, and what is read can be written. */
class PayloadFuzzTest {
  static Iterable<TopicSpec> topics() {
    return Topics.PAYLOAD_TOPICS;
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aPayloadIsReadOrRefused(TopicSpec topic) throws IOException {
    Fuzz.of(topic.name())
        .seed(example(topic, "smallest"))
        .seed(example(topic, "full"))
        .seed(example(topic, "from-the-future"))
        .refusedBy(UnreadablePayload.class)
        .run(
            input -> {
              Object read = Wire.read(input, topic.payload());
              byte[] written = Wire.write(read);
              byte[] again = Wire.write(Wire.read(written, topic.payload()));
              assertThat(Wire.mapper().readTree(again)).isEqualTo(Wire.mapper().readTree(written));
            });
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aCommandIsReadOrRefused(TopicSpec topic) throws IOException {
    Fuzz.of(topic.name() + " as a command")
        .seed(example(topic, "full"))
        .oneIn(4)
        .refusedBy(UnreadablePayload.class)
        .run(input -> Wire.readCommand(input, topic.payload()));
  }

  private static byte[] example(TopicSpec topic, String name) throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/examples", topic.name(), name + ".json"));
  }
}
