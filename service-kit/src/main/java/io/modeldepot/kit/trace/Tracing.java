package io.modeldepot.kit.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Begins steps. With an exporter every step is a span of its own; without one a step is that which
 * it follows from, unchanged, so that nothing names a span that nobody has. Safe for threads.
 */
public final class Tracing implements AutoCloseable {
  private final @Nullable OtlpExport export;

  private Tracing(@Nullable OtlpExport export) {
    this.export = export;
  }

  /** Passes traces on and records nothing. */
  public static Tracing passingOn() {
    return new Tracing(null);
  }

  /** Records, and sends what is recorded. */
  static Tracing to(OtlpExport export) {
    return new Tracing(export);
  }

  /**
   * Begins a step.
   *
   * @param parent the header of what it follows from; without one that can be read it begins a
   *     trace
   */
  public Step begin(String name, StepKind kind, Optional<String> parent) {
    return begin(name, kind, parent, Optional.empty());
  }

  /** The same for something that began earlier. */
  public Step begin(String name, StepKind kind, Optional<String> parent, Instant startedAt) {
    return begin(name, kind, parent, Optional.of(startedAt));
  }

  private Step begin(
      String name, StepKind kind, Optional<String> parent, Optional<Instant> startedAt) {
    Optional<SpanContext> before = parent.flatMap(Traceparent::read);
    OtlpExport to = export;
    if (to == null) {
      return new Step(Span.wrap(before.orElseGet(Tracing::fresh)));
    }
    Tracer tracer = to.tracer();
    var span =
        tracer
            .spanBuilder(name)
            .setSpanKind(kind.kind())
            .setParent(
                before.map(it -> Context.root().with(Span.wrap(it))).orElseGet(Context::root));
    startedAt.ifPresent(span::setStartTimestamp);
    return new Step(span.startSpan());
  }

  /** Sends what was recorded; waits for it a few seconds. */
  @Override
  public void close() {
    OtlpExport to = export;
    if (to != null) {
      to.close();
    }
  }

  /** Sampled: whoever has an exporter decides, and cannot once somebody before has said no. */
  private static SpanContext fresh() {
    return SpanContext.create(
        random(16), random(8), TraceFlags.getSampled(), TraceState.getDefault());
  }

  private static String random(int size) {
    byte[] bytes = new byte[size];
    do {
      ThreadLocalRandom.current().nextBytes(bytes); // to differ, not to be secret
    } while (bytes[0] == 0);
    return HexFormat.of().formatHex(bytes);
  }
}
