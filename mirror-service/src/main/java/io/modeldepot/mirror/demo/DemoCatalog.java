package io.modeldepot.mirror.demo;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.mirror.demo.DemoModel.Duplicate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The seven models that every new catalog knows. */
final class DemoCatalog {
  private static final String LLAMA_TOKENIZER = "LlamaTokenizer";

  private DemoCatalog() {}

  static List<DemoModel> models() {
    return List.of(
        llama("llama2-7b", "meta-llama/Llama-2-7b-hf", new Width(32, 64, 172, 64), 2)
            .with(Duplicate.PYTORCH),
        llama("llama2-13b", "meta-llama/Llama-2-13b-hf", new Width(40, 80, 216, 80), 3),
        // The one that takes a moment to download.
        llama("llama2-70b", "meta-llama/Llama-2-70b-hf", new Width(80, 192, 672, 24), 15),
        new DemoModel(
            ModelName.of("mistral-7b"),
            FamilyName.of("mistral"),
            RepositoryId.of("mistralai/Mistral-7B-v0.1"),
            "apache-2.0",
            Optional.empty(),
            Architecture.LLAMA,
            new Width(32, 64, 224, 16),
            Element.BF16,
            2,
            Duplicate.PYTORCH,
            LLAMA_TOKENIZER,
            main("mistral-7b", 32768)),
        new DemoModel(
            ModelName.of("codellama-13b"),
            FamilyName.of("codellama"),
            RepositoryId.of("codellama/CodeLlama-13b-hf"),
            "llama2",
            Optional.empty(),
            Architecture.LLAMA,
            new Width(40, 80, 216, 80),
            Element.BF16,
            3,
            Duplicate.NONE,
            "CodeLlamaTokenizer",
            main("codellama-13b", 16384)),
        phi(),
        new DemoModel(
            ModelName.of("qwen-7b"),
            FamilyName.of("qwen"),
            RepositoryId.of("Qwen/Qwen-7B"),
            "other",
            Optional.of("tongyi-qianwen"),
            Architecture.QWEN,
            new Width(32, 64, 172, 64),
            Element.BF16,
            8,
            Duplicate.NONE,
            "QWenTokenizer",
            main("qwen-7b", 8192)));
  }

  private static DemoModel llama(String name, String repository, Width width, int shards) {
    return new DemoModel(
        ModelName.of(name),
        FamilyName.of("llama"),
        RepositoryId.of(repository),
        "llama2",
        Optional.empty(),
        Architecture.LLAMA,
        width,
        Element.F16,
        shards,
        Duplicate.NONE,
        LLAMA_TOKENIZER,
        main(name, 4096));
  }

  /** Two revisions with the same weights: what update, compare and rollback are tried on. */
  private static DemoModel phi() {
    return new DemoModel(
        ModelName.of("phi-2"),
        FamilyName.of("phi"),
        RepositoryId.of("microsoft/phi-2"),
        "mit",
        Optional.empty(),
        Architecture.PHI,
        new Width(32, 80, 320, 80),
        Element.F16,
        2,
        Duplicate.NONE,
        "CodeGenTokenizer",
        List.of(
            new DemoRevision(
                "v1", "phi-2.v1.config.json", Instant.parse("2026-01-15T09:00:00Z"), 1024),
            new DemoRevision(
                "main", "phi-2.config.json", Instant.parse("2026-03-02T09:00:00Z"), 2048)));
  }

  private static List<DemoRevision> main(String name, int modelMaxLength) {
    return List.of(
        new DemoRevision(
            "main", name + ".config.json", Instant.parse("2026-01-15T09:00:00Z"), modelMaxLength));
  }
}
