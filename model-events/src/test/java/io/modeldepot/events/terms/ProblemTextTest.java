package io.modeldepot.events.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

  @Test
  void everyCodeHasItsTextAndEveryTextItsCode() {
    List<ProblemCode> told = ProblemText.all().stream().map(ProblemText::code).toList();

    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(ProblemCode.UNKNOWN)));
  }

  @Test
  void everyTextSaysTheCauseAndWhatHelps() {
    assertThat(ProblemText.all())
        .allSatisfy(
            text -> {
              assertThat(text.cause()).endsWith(".");
              assertThat(text.title()).isNotBlank();
              assertThat(text.remedies()).isNotEmpty();
              assertThat(text.status()).isBetween(400, 599);
            });
  }

  @Test
  void exitCodeOneIsNeverAnErrorOfAnAction() {
    assertThat(ProblemText.all())
        .filteredOn(text -> text.exitCode() == 1)
        .extracting(ProblemText::code)
        .as("only findings of doctor may mean 1")
        .containsExactly(ProblemCode.WRONG_MODE);
  }

  @Test
  void aCodeOfTheFutureStillHasWords() {
    assertThat(ProblemText.of(ProblemCode.UNKNOWN).code()).isEqualTo(ProblemCode.INTERNAL);
  }
}
