package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What placement decides is on the volume for inference servers. */
@QuarkusTest
class EnginesTest extends House {

  @Test
  void aDecisionByHandIsAFolderUntilADecisionTakesItAway() throws Exception {
    Path folder = root.resolve("engines/triton/by-hand/0+1/placed-by-hand");

    decide(
        """
        {"model":"placed-by-hand","plan":3,"generation":3,"state":"placed","reason":"because",
         "decidedAt":"2026-11-23T09:01:10.004Z","replicas":[{"location":"default","host":"by-hand",
         "gpus":[{"id":"0","weightsBytes":1,"kvBytes":1,"overheadBytes":1},
                 {"id":"1","weightsBytes":1,"kvBytes":1,"overheadBytes":1}],
         "users":1,"contextTokens":16,"dtype":"float16","tensorParallel":2,"engine":{"name":"vllm",
         "files":[{"path":"placed-by-hand/config.pbtxt","content":"backend: \\"vllm\\"\\n"},
                  {"path":"placed-by-hand/1/model.json","content":"{}\\n"}]}}]}""");
    until("the folder is there", () -> Files.exists(folder.resolve("1/model.json")));
    assertThat(folder.resolve("config.pbtxt")).hasContent("backend: \"vllm\"");

    decide(
        """
        {"model":"placed-by-hand","plan":4,"generation":4,"state":"unplaced","reason":"no room",
         "decidedAt":"2026-11-23T09:01:11.004Z"}""");
    until("the folder is gone", () -> !Files.exists(folder));
  }

  private void decide(String json) {
    send("model-placed", "placed-by-hand", json.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
