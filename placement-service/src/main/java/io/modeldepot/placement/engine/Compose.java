package io.modeldepot.placement.engine;

import java.util.stream.Collectors;

/** A fragment for Docker Compose that starts vLLM on its GPUs with the volume mounted read-only. */
public final class Compose {
  private static final int PORT = 8000;

  private Compose() {}

  /**
   * A file of its own.
   *
   * @param modelsDir where the volume is, on the host and in the container alike
   */
  public static String fragment(Launch launch, String modelsDir) {
    String arguments =
        Vllm.arguments(launch).stream()
            .map(argument -> "      - " + quoted(argument) + "\n")
            .collect(Collectors.joining());
    String environment =
        Vllm.environment(launch).entrySet().stream()
            .filter(entry -> !entry.getKey().equals("CUDA_VISIBLE_DEVICES"))
            .map(entry -> "      " + entry.getKey() + ": " + quoted(entry.getValue()) + "\n")
            .collect(Collectors.joining());
    String devices =
        launch.assignment().gpus().stream()
            .map(gpu -> quoted(gpu.id()))
            .collect(Collectors.joining(", "));
    return """
    services:
      vllm-%s:
        image: vllm/vllm-openai
        command:
    %s    environment:
    %s    volumes:
          - type: bind
            source: %s
            target: %s
            read_only: true
        ports:
          - "127.0.0.1::%d"
        ipc: host
        deploy:
          resources:
            reservations:
              devices:
                - driver: nvidia
                  device_ids: [%s]
                  capabilities: [gpu]
    """
        .formatted(
            launch.model().replace('.', '-'),
            arguments,
            environment,
            quoted(modelsDir),
            quoted(modelsDir),
            PORT,
            devices);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + "\"";
  }
}
