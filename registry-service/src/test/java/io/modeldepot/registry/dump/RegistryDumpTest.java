package io.modeldepot.registry.dump;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class RegistryDumpTest {

  @Test
  void everyRowIsALineBetweenTheHeadOfTheAuditChainAndTheCount() throws Exception {
    String model = Given.name("dumped");
    String unused = Given.entry(model);

    List<String> lines =
        given()
            .get("/api/v1/registry-dump")
            .then()
            .statusCode(200)
            .extract()
            .asString()
            .lines()
            .toList();

    JsonNode first = Wire.mapper().readTree(lines.getFirst());
    JsonNode last = Wire.mapper().readTree(lines.getLast());
    assertThat(first.path("format").asInt()).isEqualTo(1);
    assertThat(last.path("end").asBoolean()).isTrue();
    assertThat(last.path("rows").asLong()).isEqualTo(lines.size() - 2);
    assertThat(lines).anyMatch(l -> l.contains("\"table\":\"model\"") && l.contains(model));
    assertThat(lines).noneMatch(l -> l.contains("\"table\":\"flyway_schema_history\""));
    long highest = 0;
    String hash = "";
    for (String line : lines.subList(1, lines.size() - 1)) {
      JsonNode row = Wire.mapper().readTree(line);
      if (row.path("table").asText().equals("audit") && row.at("/row/seq").asLong() > highest) {
        highest = row.at("/row/seq").asLong();
        hash = row.at("/row/hash").asText();
      }
    }
    assertThat(first.path("auditSeq").asLong()).isEqualTo(highest).isPositive();
    assertThat(first.path("auditHash").asText()).isEqualTo(hash).isNotEmpty();
  }
}
