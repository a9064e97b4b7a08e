package io.modeldepot.kit.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingTest {
  private static final String OUTER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String INNER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

  @Test
  void whatWasBeforeIsAgainOnceAScopeIsClosed() {
    try (Working.Scope _ = Working.on(Optional.of(OUTER), Map.of(Working.MODEL, "a"))) {
      try (Working.Scope _ = Working.on(Optional.of(INNER), Map.of(Working.MODEL, "b"))) {
        assertThat(Working.traceparent()).contains(INNER);
        assertThat(MDC.get(Working.MODEL)).isEqualTo("b");
      }
      assertThat(Working.traceparent()).contains(OUTER);
      assertThat(MDC.get(Working.MODEL)).isEqualTo("a");
    }
    assertThat(Working.traceparent()).isEmpty();
    assertThat(MDC.get(Working.MODEL)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "{\"x\":1}\n"
      })
  void aHeaderThatIsNoneIsPassedOnToNobody(String header) {
    try (Working.Scope _ = Working.on(Optional.of(header))) {
      assertThat(Working.traceparent()).isEmpty();
    }
  }

  @Test
  void whoRecordsNothingPassesOnWhatCame() {
    try (Step step = Tracing.passingOn().begin("x", StepKind.CONSUMER, Optional.of(OUTER))) {
      assertThat(step.traceparent()).isEqualTo(OUTER);
    }
  }

  @Test
  void withoutATraceBeforeANewOneBegins() {
    Tracing tracing = Tracing.passingOn();
    try (Step one = tracing.begin("x", StepKind.SERVER, Optional.empty());
        Step other = tracing.begin("x", StepKind.SERVER, Optional.empty())) {
      assertThat(one.traceparent())
          .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
          .isNotEqualTo(other.traceparent());
    }
  }
}
