package io.modeldepot.registry.desired.document;

import io.modeldepot.fuzz.Fuzz;
import io.modeldepot.fuzz.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A models.yaml as a hand, a tool or somebody else wrote it. */
class DocumentFuzzTest {
  @Test
  void aDocumentIsReadOrItsFaultsAreTold() {
    Fuzz.of("desired state")
        .seed(
            """
            apiVersion: modeldepot/v1
            defaults: { keep: 3, profile: serving }
            models:
              mistral-7b:    { source: mistralai/Mistral-7B-v0.1, track: main, approve: true }
              codellama-13b: { source: codellama/CodeLlama-13b-hf, users: 12, context: 4096, dtype: [fp16, fp8] }
              phi-2:         { archived: true }
            gpus:
              host-a/1:      { reserve: { memory: 40GiB, until: 2026-11-30, reason: "trial \\x41" } }
            retention: { unusedDays: 60, trash: 72h }
            """)
        .seed(
            "{\"apiVersion\":\"modeldepot/v1\",\"models\":{\"phi-2\":{\"users\":3,\"source\":\"a/b\"}}}")
        .seed("apiVersion: modeldepot/v1\nmodels: &a { phi-2: &b { users: 3 }, qwen-7b: *b }\n")
        .words(
            "&a",
            "*a",
            "*b",
            "!!java/object",
            "!!binary",
            "<<: ",
            "\"\\U",
            "FFFFFFFF\"",
            "---",
            "...",
            "? ",
            "- ",
            ": ",
            "|",
            ">",
            "%YAML 1.2",
            "{",
            "}",
            "[",
            "\t",
            "1e999",
            ".inf")
        .limits(new Limits(Duration.ofSeconds(10), 64L << 20, 20_000))
        .refusedBy(Faulty.class)
        .run(input -> DesiredState.read("models.yaml", input));
  }
}
