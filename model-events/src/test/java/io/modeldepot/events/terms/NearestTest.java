package io.modeldepot.events.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> MODELS =
      List.of("llama2-7b", "llama2-70b", "mistral-7b", "codellama-13b", "phi-2");

  @ParameterizedTest
  @CsvSource({
    "mistral-7, mistral-7b",
    "mistrla-7b, mistral-7b",
    "lama2-7b, llama2-7b",
    "llama2-77b, llama2-70b",
    "codelama-13b, codellama-13b",
    "phi2, phi-2",
  })
  void whatWasMistypedIsFound(String typed, String meant) {
    assertThat(Nearest.to(typed, MODELS)).contains(meant);
  }

  @Test
  void whatIsNearNothingIsNotGuessed() {
    assertThat(Nearest.to("falcon-40b", MODELS)).isEmpty();
    assertThat(Nearest.to("", MODELS)).isEmpty();
    assertThat(Nearest.to("x".repeat(5000), MODELS)).isEmpty();
  }

  @Test
  void aFormThatIsNoneIsRefusedWithAllThatThereAre() {
    assertThat(WeightForm.refusal("fp9"))
        .isEqualTo(
            "\"fp9\" is no form of weights. Did you mean fp8? It can be fp32, fp16, bf16, fp8, int8,"
                + " awq, gptq.");
  }
}
