package io.modeldepot.registry.catalog;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItems;

import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class SeededCatalogTest {

  @Test
  void aNewRegistryKnowsTheModelsThatEverybodyAsksFor() {
    given()
        .get("/api/v1/models?limit=500")
        .then()
        .statusCode(200)
        .body(
            "items.model",
            hasItems(
                "llama2-7b",
                "llama2-13b",
                "llama2-70b",
                "mistral-7b",
                "codellama-13b",
                "phi-2",
                "qwen-7b"));
  }
}
