package io.modeldepot.placement.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.EngineFile;
import io.modeldepot.events.terms.EngineMark;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files of a Triton model repository that serves by the vLLM backend: the engine's arguments in
 * {@code <model>/1/model.json}, and a configuration that leaves the devices to the engine and has
 * the digest of both, by which a server's answer tells what it has loaded.
 */
public final class Triton {
  private Triton() {}

  /** Paths are relative to the repository. */
  public static List<EngineFile> files(Launch launch) {
    String arguments = arguments(launch);
    String configuration = configuration(launch);
    return List.of(
        new EngineFile(
            launch.model() + "/config.pbtxt",
            configuration + EngineMark.parameter(Sha256.ofText(configuration + arguments))),
        new EngineFile(launch.model() + "/1/model.json", arguments));
  }

  /** The name is that of the folder. */
  private static String configuration(Launch launch) {
    return """
    name: %s
    backend: "vllm"
    instance_group [
      {
        count: 1
        kind: KIND_MODEL
      }
    ]
    """
        .formatted(quoted(launch.model()));
  }

  private static String arguments(Launch launch) {
    ObjectNode json = Wire.mapper().createObjectNode();
    json.put("model", launch.path());
    json.put("served_model_name", launch.model());
    json.put("tensor_parallel_size", launch.ask().tensorParallel());
    json.put("gpu_memory_utilization", launch.utilisation());
    json.put("max_model_len", launch.ask().contextTokens());
    json.put("max_num_seqs", launch.ask().users());
    json.put("dtype", launch.dtype());
    launch.quantization().ifPresent(method -> json.put("quantization", method));
    return json.toPrettyString() + "\n";
  }

  /** As protobuf's text format reads it back: every byte that is not plain in octal. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = each >= 0x20 && each < 0x7f && each != '"' && each != '\\';
      quoted.append(plain ? String.valueOf((char) each) : "\\%03o".formatted(each & 0xff));
    }
    return quoted.append('"').toString();
  }
}
