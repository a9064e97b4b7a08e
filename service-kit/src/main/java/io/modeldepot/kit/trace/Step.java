package io.modeldepot.kit.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;

/** Something that is done within a trace. Safe for threads. Ends when it is closed. */
public final class Step implements AutoCloseable {
  private final Span span;

  Step(Span span) {
    this.span = span;
  }

  /** The header for what follows from it. */
  public String traceparent() {
    return Traceparent.of(span.getSpanContext());
  }

  /** Names it better, once more is known. */
  public Step named(String name) {
    span.updateName(name);
    return this;
  }

  /** Says something about it: a name, a number, a word; never a secret. */
  public Step with(String attribute, String value) {
    span.setAttribute(attribute, value);
    return this;
  }

  /** It did not do what it was to do. */
  public Step failed(String code) {
    span.setStatus(StatusCode.ERROR, code);
    span.setAttribute("error.type", code);
    return this;
  }

  /** Ends it, at a time of the caller's clock. */
  public void endAt(Instant when) {
    span.end(when);
  }

  @Override
  public void close() {
    span.end();
  }
}
