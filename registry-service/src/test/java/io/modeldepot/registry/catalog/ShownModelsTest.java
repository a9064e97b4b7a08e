package io.modeldepot.registry.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.registry.hands.Topic;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The kept rows of the list are those of its view, whatever happened. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class ShownModelsTest {
  private static final String COLUMNS =
      "select string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position)"
          + " from information_schema.columns where table_schema = 'public' and table_name = '%s'";
  private static final String DIFFERENT =
      """
      select count(*) from ((select * from model_list except select * from model_shown)
        union all (select * from model_shown except select * from model_list)) d
      """;

  @Test
  void theTableHasTheColumnsOfTheView() throws Exception {
    assertThat(Tables.value(COLUMNS.formatted("model_shown")))
        .isEqualTo(Tables.value(COLUMNS.formatted("model_list")));
  }

  @Test
  void theyFollowWishesVersionsDownloadsAndRemovals() throws Exception {
    String model = Given.name("shown");
    Given.entry(model);
    same();
    ModelVerified said =
        Given.verified(model, Given.commit('a'), 1, Given.commit('a'), VersionState.PRESENT);
    Topic.publish(Topics.MODEL_VERIFIED, Given.key(said), said);
    String id = Given.name("shown");
    Topic.publish(
        Topics.DOWNLOAD_PROGRESSED,
        id,
        Given.progress(id, model, 1, DownloadState.TRANSFERRING, 7));
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get("/api/v1/models/" + model)
                    .then()
                    .body("versions", equalTo(1))
                    .body("download.state", equalTo("transferring")));
    same();

    given()
        .header("If-Match", given().get("/api/v1/models/" + model).header("ETag"))
        .delete("/api/v1/models/" + model)
        .then()
        .statusCode(202);

    given().get("/api/v1/models/" + model).then().body("state", equalTo("orphan"));
    same();
  }

  @Test
  void theyAreRightWhenTwoTransactionsChangeOneModelAtOnce() throws Exception {
    String model = Given.name("both");
    Given.entry(model);
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < 4; writer++) {
        String location = "'at-" + writer + "'";
        var unused =
            both.submit(
                () -> {
                  for (int round = 0; round < 25; round++) {
                    Tables.run(
                        """
                        insert into version (location, model, commit_id, family, state, generation, is_current, path, verified_by,
                          size_bytes, present_bytes, file_count, source, request_ids, verified_at, updated_at)
                        values (%s, '%s', lpad('%d', 40, '0'), 'test', 'present', 1, false, 'p', 'sha256', 1, 1, 1, '{}', '[]',
                          now(), now())
                        """
                            .formatted(location, model, round));
                  }
                  return true;
                });
      }
    }

    Awaitility.await()
        .untilAsserted(
            () -> given().get("/api/v1/models/" + model).then().body("sizeBytes", equalTo(100)));
    same();
  }

  private static void same() throws Exception {
    assertThat(Tables.value(DIFFERENT)).isEqualTo("0");
  }
}
