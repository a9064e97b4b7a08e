package io.modeldepot.deploy.licences;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicencesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'license': {'id': 'Apache-2.0'}}] | true",
        "[{'license': {'id': 'GPL-3.0-only'}}] | false",
        "[{'license': {'id': 'GPL-3.0-only'}}, {'license': {'id': 'MIT'}}] | true",
        "[{'expression': '(CDDL-1.0 OR GPL-2.0-with-classpath-exception)'}] | true",
        "[{'expression': 'MIT AND AGPL-3.0-only'}] | false",
        "[{'license': {'name': 'Our own terms'}}] | false",
        "[] | false",
      })
  void aPartNeedsOneLicenceThatIsAllowed(String licences, boolean allowed) throws IOException {
    JsonNode bill =
        JSON.readTree(
            "{'components': [{'group': 'g', 'name': 'n', 'version': '1', 'licenses': %s}]}"
                .formatted(licences)
                .replace('\'', '"'));

    assertThat(Licences.faults(bill)).hasSize(allowed ? 0 : 1).allMatch(it -> it.contains("g:n:1"));
  }

  /** {@code make licences}: of everything that is shipped. */
  @Test
  @EnabledIfSystemProperty(named = "depot.sbom", matches = ".+")
  void everythingThatIsShippedMayBePassedOn() throws IOException {
    Path file = Path.of(System.getProperty("depot.sbom"));
    JsonNode bill = JSON.readTree(file.toFile());
    Files.writeString(file.resolveSibling("licences.txt"), Licences.report(bill));

    assertThat(bill.path("components").size()).isGreaterThan(200);
    assertThat(Licences.faults(bill)).isEmpty();
  }
}
