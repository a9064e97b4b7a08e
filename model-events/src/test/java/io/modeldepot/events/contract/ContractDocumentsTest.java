package io.modeldepot.events.contract;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractDocumentsTest {

  static Iterable<TopicSpec> topics() {
    return Topics.PAYLOAD_TOPICS;
  }

  @ParameterizedTest
  @MethodSource("topics")
  void theSchemaOfATopicIsThatOfItsRecord(TopicSpec topic) {
    Documents.check(
        "docs/schemas/" + topic.name() + ".json",
        Documents.pretty(
            Schemas.of(topic.payload(), "urn:modeldepot:schema:" + topic.name() + ":1")));
  }

  @Test
  void theSchemaOfTheManifestIsThatOfItsRecord() {
    Documents.check(
        "docs/schemas/manifest.json",
        Documents.pretty(Schemas.of(Manifest.class, "urn:modeldepot:schema:manifest:1")));
  }

  @Test
  void theAsyncApiDocumentIsThatOfTheTopics() {
    Documents.check("docs/asyncapi.json", Documents.pretty(AsyncApi.document()));
  }

  @Test
  void thePageForPeopleSaysTheSame() {
    Documents.check("docs/events.md", EventsPage.text());
  }

  @Test
  void theRightsAtTheBrokerAreThoseOfTheTopics() {
    Documents.check("deploy/kafka/acls.sh", AclScript.text());
  }

  @Test
  void thePageOfErrorsIsThatOfTheCatalogueOfProblems() {
    Documents.check("docs/errors.md", ErrorsPage.text());
  }
}
