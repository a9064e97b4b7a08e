package io.modeldepot.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.Engine;
import io.modeldepot.events.state.Replica;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.seed.SeedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The fragment, read by a YAML parser, by what the Compose specification says, and by Compose. */
class ComposeTest {
  private static final String COMMIT = "01c7f73d771dfac7d292323805ebc428287df4f9";
  private static final String SLICE = "MIG-b3061c09-2a4c-5026-a575-79f86a5bb12c";
  private static final ModelName LLAMA = ModelName.of("llama2-7b");

  /** What the specification allows where we write something; additional members it refuses. */
  private static final Set<String> OF_A_DEVICE =
      Set.of("capabilities", "count", "device_ids", "driver", "options");

  private static final Set<String> OF_A_MOUNT =
      Set.of(
          "type",
          "source",
          "target",
          "read_only",
          "consistency",
          "bind",
          "volume",
          "tmpfs",
          "image");

  @TempDir Path folder;

  private static Replica llama(String... gpus) {
    return Launches.replica(Launches.of(SeedModel.LLAMA2_7B, Variant.FP16, 10, gpus));
  }

  @Test
  void itMountsTheVolumeReadOnlyAndAsksForItsGpuAlone() {
    assertThat(Compose.fragment(LLAMA, List.of(llama("1")), "/opt/ai-models"))
        .isEqualTo(
            """
            services:
              "vllm-llama2-7b":
                image: "${VLLM_IMAGE:-vllm/vllm-openai:latest}"
                entrypoint: ["vllm", "serve"]
                command:
                  - "/opt/ai-models/versions/llama2-7b/%s"
                  - "--served-model-name=llama2-7b"
                  - "--tensor-parallel-size=1"
                  - "--gpu-memory-utilization=0.3740"
                  - "--max-model-len=4096"
                  - "--max-num-seqs=10"
                  - "--dtype=float16"
                environment:
                  CUDA_DEVICE_ORDER: "PCI_BUS_ID"
                  HF_HUB_OFFLINE: "1"
                volumes:
                  - type: bind
                    source: "/opt/ai-models"
                    target: "/opt/ai-models"
                    read_only: true
                ports:
                  - "127.0.0.1::8000"
                ipc: host
                deploy:
                  resources:
                    reservations:
                      devices:
                        - driver: nvidia
                          device_ids: ["1"]
                          capabilities: [gpu]
            """
                .formatted(COMMIT));
  }

  @Test
  void everyMemberIsOneOfTheSpecificationAndOfItsType() {
    Map<?, ?> file = read(Compose.fragment(LLAMA, List.of(llama("0", "1"), llama(SLICE)), "/m"));

    assertThat(file.keySet()).isEqualTo(Set.of("services"));
    Map<?, ?> services = map(file.get("services"));
    assertThat(services).hasSize(2);
    services.forEach(
        (name, value) -> {
          assertThat((String) name).matches("[a-zA-Z0-9._-]+");
          Map<?, ?> service = map(value);
          assertThat(service.keySet())
              .isEqualTo(
                  Set.of(
                      "image",
                      "entrypoint",
                      "command",
                      "environment",
                      "volumes",
                      "ports",
                      "ipc",
                      "deploy"));
          assertThat(list(service.get("command"))).allMatch(String.class::isInstance);
          assertThat(map(service.get("environment")).values()).allMatch(String.class::isInstance);
          assertThat(map(service.get("environment")).keySet().contains("CUDA_VISIBLE_DEVICES"))
              .as("the container has its own count")
              .isFalse();
          Map<?, ?> mount = map(list(service.get("volumes")).getFirst());
          assertThat(OF_A_MOUNT.containsAll(mount.keySet())).isTrue();
          assertThat(mount.get("read_only")).isEqualTo(true);
          Map<?, ?> reservations =
              map(map(map(service.get("deploy")).get("resources")).get("reservations"));
          Map<?, ?> device = map(list(reservations.get("devices")).getFirst());
          assertThat(OF_A_DEVICE.containsAll(device.keySet())).isTrue();
          assertThat(list(device.get("device_ids")))
              .isNotEmpty()
              .allMatch(String.class::isInstance);
          assertThat(list(device.get("capabilities"))).isEqualTo(List.of("gpu"));
        });
  }

  @Test
  void twoReplicasOnOneHostAreTwoServices() {
    Map<?, ?> services =
        map(read(Compose.fragment(LLAMA, List.of(llama("0"), llama("1")), "/m")).get("services"));

    assertThat(services.keySet()).isEqualTo(Set.of("vllm-llama2-7b", "vllm-llama2-7b--2"));
  }

  @Test
  void hostileTextStaysText() {
    String hostile = "a\"\n  evil: $HOME \\ \u0007 \u2028 é";
    Replica it = llama("0");
    Replica bad =
        new Replica(
            it.location(),
            it.host(),
            it.gpus(),
            it.users(),
            it.contextTokens(),
            it.dtype(),
            it.quantization(),
            it.tensorParallel(),
            new Engine("vllm", Map.of("A", hostile), List.of(hostile), List.of()));

    Map<?, ?> service =
        map(
            map(read(Compose.fragment(LLAMA, List.of(bad), hostile)).get("services"))
                .get("vllm-llama2-7b"));

    String read = hostile.replace("$", "$$");
    assertThat(list(service.get("command"))).isEqualTo(List.of(read));
    assertThat(map(service.get("environment")).get("A")).isEqualTo(read);
  }

  /** Where there is Compose; elsewhere the tests above have to do. */
  @Test
  void composeItselfTakesIt() throws Exception {
    Path file = folder.resolve("compose.yaml");
    Files.writeString(file, Compose.fragment(LLAMA, List.of(llama("0"), llama(SLICE)), "/m"));
    List<String> program = compose();
    Assumptions.assumeFalse(program.isEmpty(), "neither docker compose nor docker-compose is here");

    List<String> command = new java.util.ArrayList<>(program);
    command.addAll(List.of("-f", file.toString(), "config", "--quiet"));
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
  }

  private static List<String> compose() throws InterruptedException {
    for (List<String> program : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
      try {
        List<String> command = new java.util.ArrayList<>(program);
        command.add("version");
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return program;
        }
      } catch (IOException e) {
        // Not here.
      }
    }
    return List.of();
  }

  private static Map<?, ?> read(String text) {
    return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static List<?> list(@Nullable Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }
}
