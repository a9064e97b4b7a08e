package io.modeldepot.placement.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VllmMetricsTest {

  /** As vLLM 0.11 and later write it. */
  static String text(String model, long blocks) {
    return """
    # HELP vllm:num_requests_running Number of requests in model execution batches.
    # TYPE vllm:num_requests_running gauge
    vllm:num_requests_running{engine="0",model_name="%s"} 3.0
    # TYPE vllm:kv_cache_usage_perc gauge
    vllm:kv_cache_usage_perc{engine="0",model_name="%s"} 0.25
    # HELP vllm:cache_config_info Information of the LLMEngine CacheConfig
    # TYPE vllm:cache_config_info gauge
    vllm:cache_config_info{block_size="16",cache_dtype="auto",calculate_kv_scales="False",cpu_offload_gb="0",enable_prefix_caching="True",engine="0",gpu_memory_utilization="0.374",is_attention_free="False",num_cpu_blocks="None",num_gpu_blocks="%d",num_gpu_blocks_override="None",sliding_window="None",swap_space_bytes="4294967296"} 1.0
    python_info{implementation="CPython"} 1.0
    """
        .formatted(model, model, blocks);
  }

  @Test
  void theCacheIsCountedInTokensAndTheNameIsTheServedOne() {
    VllmMetrics read = VllmMetrics.read(text("llama2-7b", 2816)).orElseThrow();

    assertThat(read)
        .isEqualTo(
            new VllmMetrics(
                "llama2-7b",
                45_056,
                "auto",
                OptionalDouble.of(0.374),
                OptionalDouble.of(0.25),
                OptionalLong.empty()));
  }

  @Test
  void requestsAreCountedHoweverTheyEnded() {
    String text =
        text("phi-2", 10)
            + """
            vllm:request_success_total{engine="0",finished_reason="stop",model_name="phi-2"} 41.0
            vllm:request_success_total{engine="0",finished_reason="length",model_name="phi-2"} 1.0
            vllm:request_success_total{engine="0",finished_reason="abort",model_name="phi-2"} NaN
            """;

    assertThat(VllmMetrics.read(text).orElseThrow().requests()).hasValue(42);
  }

  @Test
  void newerVersionsGiveTheTokensThemselves() {
    String text =
        """
        vllm:cache_config_info{block_size="4",kv_cache_size_tokens="1000000",num_gpu_blocks="62500"} 1
        vllm:num_requests_running{model_name="phi-2",engine="0"} 2
        """;

    assertThat(VllmMetrics.read(text).orElseThrow().kvTokens()).isEqualTo(1_000_000);
  }

  @Test
  void olderVersionsHaveAnotherNameForTheUsage() {
    String text =
        text("phi-2", 10).replace("kv_cache_usage_perc", "gpu_cache_usage_perc")
            + "vllm:cpu_cache_usage_perc{model_name=\"phi-2\"} 0.9\n";

    assertThat(VllmMetrics.read(text).orElseThrow().kvUsage()).hasValue(0.25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>404</html>",
        "vllm:num_requests_running{model_name=\"phi-2\"} 1",
        "vllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"10\"} 1",
        "vllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"None\",model_name=\"a\"} 1",
        "vllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"99999999999999999\",model_name=\"a\"} 1",
        "vllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"10"
      })
  void whatSaysTooLittleIsNoMeasurement(String text) {
    assertThat(VllmMetrics.read(text)).isEmpty();
  }

  @Test
  void aHostileLabelIsOnlyText() {
    String text = text("a\\\"b\\\\{}=,\\n", 10);

    assertThat(VllmMetrics.read(text).orElseThrow().model()).isEqualTo("a\"b\\{}=, ");
  }
}
