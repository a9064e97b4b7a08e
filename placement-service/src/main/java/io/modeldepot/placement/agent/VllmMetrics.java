package io.modeldepot.placement.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What vLLM says of itself in Prometheus' text format: {@code vllm:cache_config_info} has the size
 * of the KV cache in its labels, every other metric the served name. Newer versions give the tokens
 * ({@code kv_cache_size_tokens}), older ones blocks of tokens; how full it is was called {@code
 * gpu_cache_usage_perc} once.
 *
 * @param model the name it serves by
 * @param kvTokens that its KV cache holds
 * @param kvDtype auto, or what the cache is held in
 * @param memoryUtilization its share of each GPU, as it was told
 * @param kvUsage how full the cache is, 0 to 1
 * @param requests that it has answered since it started, however they ended
 */
record VllmMetrics(
    String model,
    long kvTokens,
    String kvDtype,
    OptionalDouble memoryUtilization,
    OptionalDouble kvUsage,
    OptionalLong requests) {
  private static final Pattern SAMPLE =
      Pattern.compile("^(vllm:[a-z_]+)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+-?[0-9]+)?\\s*$");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final String CACHE = "vllm:cache_config_info";

  /** One sample for each way in which requests end. */
  private static final String ANSWERED = "vllm:request_success_total";

  /**
   * Reads it; empty if it is no vLLM's, or says too little. Several engines in one are not told
   * apart.
   */
  static Optional<VllmMetrics> read(String text) {
    Map<String, String> cache = new HashMap<>();
    String model = "";
    OptionalDouble usage = OptionalDouble.empty();
    OptionalLong requests = OptionalLong.empty();
    for (String line : text.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (!sample.matches()) {
        continue;
      }
      Map<String, String> labels = labels(sample.group(2));
      if (sample.group(1).equals(CACHE)) {
        cache.putAll(labels);
      }
      if (sample.group(1).equals(ANSWERED)) {
        requests = OptionalLong.of(requests.orElse(0) + count(sample.group(3)));
      }
      if (labels.containsKey("model_name")) {
        model = labels.get("model_name");
      }
      if (sample.group(1).endsWith("cache_usage_perc") && !sample.group(1).startsWith("vllm:cpu")) {
        usage = number(sample.group(3));
      }
    }
    OptionalLong tokens = tokens(cache);
    return tokens.isEmpty() || model.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new VllmMetrics(
                model,
                tokens.getAsLong(),
                cache.getOrDefault("cache_dtype", "auto"),
                number(cache.getOrDefault("gpu_memory_utilization", "")),
                usage,
                requests));
  }

  private static OptionalLong tokens(Map<String, String> cache) {
    OptionalLong said = whole(cache.getOrDefault("kv_cache_size_tokens", ""));
    if (said.isPresent()) {
      return said;
    }
    OptionalLong blocks = whole(cache.getOrDefault("num_gpu_blocks", ""));
    OptionalLong size = whole(cache.getOrDefault("block_size", ""));
    return blocks.isEmpty() || size.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(blocks.getAsLong() * size.getAsLong());
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    Matcher found = LABEL.matcher(text == null ? "" : text);
    while (found.find()) {
      labels.put(
          found.group(1),
          found.group(2).replace("\\\"", "\"").replace("\\n", " ").replace("\\\\", "\\"));
    }
    return labels;
  }

  private static OptionalLong whole(String text) {
    return text.matches("[0-9]{1,12}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** Counters are written as floating point. */
  private static long count(String text) {
    try {
      double count = Double.parseDouble(text);
      return count >= 0 && count < 1e15 ? (long) count : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static OptionalDouble number(String text) {
    try {
      double number = Double.parseDouble(text);
      return number >= 0 && number <= 1 ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
