package io.modeldepot.placement.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Environment and arguments of {@code vllm serve}. */
public final class Vllm {
  private Vllm() {}

  /**
   * GPUs are numbered as {@code nvidia-smi} does, slices are named by their UUID; nothing is
   * fetched from a hub. Whole GPUs go by number because vLLM reads a UUID there only since the
   * middle of 2026; for slices CUDA knows no number. An older vLLM gets its slice from the
   * container runtime instead, as the fragment for Compose does.
   */
  public static Map<String, String> environment(Launch launch) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    environment.put("CUDA_VISIBLE_DEVICES", launch.visibleDevices());
    environment.put("HF_HUB_OFFLINE", "1");
    return environment;
  }

  /** The path first, then every flag. */
  public static List<String> arguments(Launch launch) {
    List<String> arguments = new ArrayList<>();
    arguments.add(launch.path());
    arguments.add("--served-model-name=" + launch.model());
    arguments.add("--tensor-parallel-size=" + launch.ask().tensorParallel());
    arguments.add("--gpu-memory-utilization=" + launch.utilisation().toPlainString());
    arguments.add("--max-model-len=" + launch.ask().contextTokens());
    arguments.add("--max-num-seqs=" + launch.ask().users());
    arguments.add("--dtype=" + launch.dtype());
    launch.quantization().ifPresent(method -> arguments.add("--quantization=" + method));
    return arguments;
  }
}
