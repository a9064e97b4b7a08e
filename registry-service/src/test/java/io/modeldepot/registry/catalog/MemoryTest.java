package io.modeldepot.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.ModelProfile;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The figure of the catalog is the one that plans use. */
class MemoryTest {

  @Test
  void filesThatHoldAnotherModelThanTheConfigurationDescribesAreNotBelieved() {
    ModelView.Memory memory = ModelView.Memory.of(profile(1_000, 7_000_000_000L)).orElseThrow();

    assertThat(memory.weightsBytes()).contains(14_000_000_000L);
    assertThat(memory.weightsRemark())
        .contains(
            "The files hold 1,000 parameters, config.json describes 7,000,000,000; the latter are"
                + " used.");
    assertThat(memory.kvBytesPerToken()).contains(2L * 32 * 32 * 128 * 2);
  }

  @Test
  void filesThatHoldWhatTheConfigurationDescribesAreBelieved() {
    ModelView.Memory memory =
        ModelView.Memory.of(profile(6_900_000_000L, 7_000_000_000L)).orElseThrow();

    assertThat(memory.weightsBytes()).contains(13_800_000_000L);
    assertThat(memory.weightsRemark()).isEmpty();
  }

  private static ModelProfile profile(long counted, long stated) {
    return new ModelProfile(
        Optional.of("LlamaForCausalLM"),
        Optional.of(counted),
        Optional.of(stated),
        Map.of("F16", 2 * counted),
        Optional.of(32),
        Optional.of(4096),
        Optional.of(32),
        Optional.of(32),
        Optional.of(128),
        Optional.of(4096),
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }
}
