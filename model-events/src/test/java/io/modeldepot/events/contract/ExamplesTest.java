package io.modeldepot.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example is a file that is read, written and compared: {@code examples/<topic>/*.json}. */
class ExamplesTest {

  static Iterable<TopicSpec> topics() {
    return Topics.PAYLOAD_TOPICS;
  }

  @ParameterizedTest
  @MethodSource("topics")
  void theSmallestPayloadComesBackAsItWas(TopicSpec topic) throws Exception {
    assertThat(rewritten(topic, "smallest")).isEqualTo(example(topic, "smallest"));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void theFullPayloadComesBackAsItWas(TopicSpec topic) throws Exception {
    assertThat(rewritten(topic, "full")).isEqualTo(example(topic, "full"));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aPayloadFromTheFutureIsRead(TopicSpec topic) throws Exception {
    assertThat(rewritten(topic, "from-the-future").fieldNames())
        .toIterable()
        .doesNotContain("fieldOfTheFuture");
  }

  @ParameterizedTest
  @MethodSource("topics")
  void theSchemaAcceptsEveryExample(TopicSpec topic) throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(
                    Documents.root().resolve("docs/schemas/" + topic.name() + ".json")));

    for (String name : new String[] {"smallest", "full", "from-the-future"}) {
      assertThat(
              schema.validate(
                  example(topic, name).toString(), com.networknt.schema.InputFormat.JSON))
          .as(name)
          .isEmpty();
    }
  }

  private static JsonNode rewritten(TopicSpec topic, String name) throws Exception {
    byte[] bytes = Files.readAllBytes(file(topic, name));
    return Wire.mapper().readTree(Wire.write(Wire.read(bytes, topic.payload())));
  }

  private static JsonNode example(TopicSpec topic, String name) throws IOException {
    return Wire.mapper().readTree(Files.readAllBytes(file(topic, name)));
  }

  private static Path file(TopicSpec topic, String name) {
    return Documents.root()
        .resolve("model-events/src/test/resources/examples")
        .resolve(topic.name())
        .resolve(name + ".json");
  }
}
