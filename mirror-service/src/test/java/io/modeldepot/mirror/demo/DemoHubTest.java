package io.modeldepot.mirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.inspect.Inspection;
import io.modeldepot.store.inspect.ModelFiles;
import io.modeldepot.store.inspect.ModelInspector;
import io.modeldepot.store.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoHubTest {
  @TempDir static Path folder = Path.of("");
  private static List<DemoHub.Made> made = List.of();

  @BeforeAll
  static void makeIt() throws Exception {
    made = new DemoHub(folder.resolve("hub"), Set.of()).make();
  }

  @Test
  void theSevenModelsOfTheCatalogAreThere() throws IOException {
    assertThat(store().versions().models())
        .extracting(ModelName::value)
        .containsExactly(
            "codellama-13b",
            "llama2-13b",
            "llama2-70b",
            "llama2-7b",
            "mistral-7b",
            "phi-2",
            "qwen-7b");
  }

  @Test
  void makingItAgainMakesNothing() throws Exception {
    assertThat(new DemoHub(folder.resolve("hub"), Set.of()).make()).isEqualTo(made);
  }

  @Test
  void everyRunWritesTheSameBytes() throws Exception {
    Path other = folder.resolve("other");
    new DemoHub(other, Set.of()).make();
    for (DemoHub.Made version : made) {
      assertThat(ModelStore.open(other).versions().manifest(version.model(), version.commit()))
          .isEqualTo(store().versions().manifest(version.model(), version.commit()));
    }
  }

  @Test
  void everyFileOfWeightsIsWellFormed() throws IOException {
    for (DemoHub.Made version : made) {
      Manifest manifest = manifest(version);
      Path tree = store().layout().tree(version.model(), version.commit());
      Inspection inspection =
          ModelInspector.inspect(
              ModelFiles.under(tree, manifest.files().stream().map(ManifestFile::path).toList()));
      assertThat(inspection.findings()).isEmpty();
      assertThat(Optional.of(inspection.profile())).isEqualTo(manifest.profile());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "llama2-7b, 32, 4096, 32, 32, 128, 4096",
    "llama2-13b, 40, 5120, 40, 40, 128, 4096",
    "llama2-70b, 80, 8192, 64, 8, 128, 4096",
    "mistral-7b, 32, 4096, 32, 8, 128, 32768",
    "codellama-13b, 40, 5120, 40, 40, 128, 16384",
    "phi-2, 32, 2560, 32, 32, 80, 2048",
    "qwen-7b, 32, 4096, 32, 32, 128, 8192"
  })
  void configurationsAreThoseOfTheRealModels(
      String model, int layers, int hidden, int heads, int kvHeads, int headSize, int context)
      throws IOException {
    ModelProfile profile =
        store()
            .versions()
            .currentManifest(ModelName.of(model))
            .flatMap(Manifest::profile)
            .orElseThrow();
    assertThat(
            List.of(
                profile.layers(),
                profile.hiddenSize(),
                profile.heads(),
                profile.kvHeads(),
                profile.headSize(),
                profile.contextTokens()))
        .extracting(Optional::orElseThrow)
        .containsExactly(layers, hidden, heads, kvHeads, headSize, context);
  }

  @Test
  void theRevisionsOfPhiDifferInSmallFilesOnly() throws IOException {
    List<DemoHub.Made> phi =
        made.stream().filter(version -> version.model().value().equals("phi-2")).toList();
    Map<String, ManifestFile> before = files(phi.getFirst());
    Map<String, ManifestFile> after = files(phi.getLast());

    assertThat(phi).extracting(DemoHub.Made::revision).containsExactly("v1", "main");
    assertThat(before.keySet()).isEqualTo(after.keySet());
    assertThat(after.values())
        .filteredOn(file -> !file.equals(before.get(file.path())))
        .extracting(ManifestFile::path)
        .containsExactlyInAnyOrder("config.json", "tokenizer_config.json");
    assertThat(store().versions().currentManifest(ModelName.of("phi-2")))
        .map(Manifest::commit)
        .contains(phi.getLast().commit());
  }

  @Test
  void thereIsSomethingToWatchArriveAndSomethingToLeaveOut() throws IOException {
    long large =
        files(made(ModelName.of("llama2-70b"))).values().stream()
            .mapToLong(ManifestFile::sizeBytes)
            .sum();
    assertThat(large).isBetween(60_000_000L, 100_000_000L);
    assertThat(files(made(ModelName.of("llama2-7b")))).containsKey("pytorch_model.bin");
    assertThat(files(made(ModelName.of("phi-2"))).values())
        .filteredOn(file -> file.path().endsWith(".safetensors"))
        .as("large enough to be linked, not copied")
        .allMatch(file -> file.sizeBytes() >= Layout.SMALL_BYTES);
  }

  @Test
  void aModelCanBePutBehindAGate() throws Exception {
    ModelName model = ModelName.of("llama2-13b");
    Path gated = folder.resolve("gated");
    new DemoHub(gated, Set.of(model)).make();
    assertThat(ModelStore.open(gated).versions().currentManifest(model))
        .map(manifest -> manifest.source().gated())
        .contains(Optional.of("manual"));
  }

  @Test
  void theStoreItMakesIsSound() throws IOException {
    assertThat(store().invariants().brokenAtRest()).isEmpty();
    assertThat(Files.exists(folder.resolve("hub/models/phi/phi-2/config.json"))).isTrue();
  }

  private static DemoHub.Made made(ModelName model) {
    return made.stream().filter(version -> version.model().equals(model)).findFirst().orElseThrow();
  }

  private static Map<String, ManifestFile> files(DemoHub.Made version) throws IOException {
    return manifest(version).files().stream()
        .collect(Collectors.toMap(ManifestFile::path, Function.identity()));
  }

  private static Manifest manifest(DemoHub.Made version) throws IOException {
    return store().versions().manifest(version.model(), version.commit()).orElseThrow();
  }

  private static ModelStore store() throws IOException {
    return ModelStore.open(folder.resolve("hub"));
  }
}
