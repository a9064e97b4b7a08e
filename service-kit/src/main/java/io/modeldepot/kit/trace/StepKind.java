package io.modeldepot.kit.trace;

import io.opentelemetry.api.trace.SpanKind;

/** What a step does in the eyes of who draws traces. */
public enum StepKind {
  /** Answers a request. */
  SERVER(SpanKind.SERVER),
  /** Does what a record asked for. */
  CONSUMER(SpanKind.CONSUMER);

  private final SpanKind kind;

  StepKind(SpanKind kind) {
    this.kind = kind;
  }

  SpanKind kind() {
    return kind;
  }
}
