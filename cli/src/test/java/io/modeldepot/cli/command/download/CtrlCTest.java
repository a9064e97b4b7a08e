package io.modeldepot.cli.command.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which press counts. */
class CtrlCTest {
  @Test
  void a_press_is_told_once() {
    try (CtrlC ctrlC = new CtrlC()) {
      ctrlC.press();

      assertThat(ctrlC.pressed()).isTrue();
      assertThat(ctrlC.pressed()).isFalse();
    }
  }

  @Test
  void presses_before_the_question_are_no_answer_to_it() throws InterruptedException {
    try (CtrlC ctrlC = new CtrlC()) {
      ctrlC.press();
      ctrlC.press();

      ctrlC.forget();

      assertThat(ctrlC.pressedWithin(java.time.Duration.ofSeconds(0))).isFalse();
    }
  }
}
