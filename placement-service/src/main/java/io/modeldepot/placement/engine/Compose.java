package io.modeldepot.placement.engine;

import io.modeldepot.events.state.GpuShare;
import io.modeldepot.events.state.Replica;
import io.modeldepot.events.terms.ModelName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fragment for Docker Compose that starts vLLM on its GPUs with the volume mounted read-only. The
 * container runtime hands out the GPUs, so the engine counts its own from 0 and {@code
 * CUDA_VISIBLE_DEVICES} is not set; that also serves versions of vLLM that cannot read the UUID of
 * a slice. The entry point is spelt out because images differ in theirs.
 */
public final class Compose {
  private static final int PORT = 8000;

  private Compose() {}

  /**
   * A file of its own.
   *
   * @param model the name it is served by
   * @param replicas on one host; each is a service
   * @param modelsDir where the volume is, on the host and in the container alike
   */
  public static String fragment(ModelName model, List<Replica> replicas, String modelsDir) {
    StringBuilder file = new StringBuilder("services:\n");
    for (int number = 0; number < replicas.size(); number++) {
      String name = "vllm-" + model + (number == 0 ? "" : "--" + (number + 1));
      file.append(service(name, replicas.get(number), modelsDir));
    }
    return file.toString();
  }

  private static String service(String name, Replica replica, String modelsDir) {
    return """
      %s:
        image: "${VLLM_IMAGE:-vllm/vllm-openai:latest}"
        entrypoint: ["vllm", "serve"]
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
            quoted(name),
            replica.engine().args().stream()
                .map(argument -> "      - " + quoted(argument) + "\n")
                .collect(Collectors.joining()),
            replica.engine().env().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("CUDA_VISIBLE_DEVICES"))
                .map(entry -> "      " + entry.getKey() + ": " + quoted(entry.getValue()) + "\n")
                .collect(Collectors.joining()),
            quoted(modelsDir),
            quoted(modelsDir),
            PORT,
            replica.gpus().stream()
                .map(GpuShare::id)
                .map(Compose::quoted)
                .collect(Collectors.joining(", ")));
  }

  /** As YAML and Compose read it back: a dollar would be the beginning of a variable. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '$' -> quoted.append("$$");
                default -> {
                  if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                    quoted.append("\\u%04x".formatted(c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
