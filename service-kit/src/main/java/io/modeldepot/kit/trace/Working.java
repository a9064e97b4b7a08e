package io.modeldepot.kit.trace;

import io.opentelemetry.api.trace.SpanContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * On behalf of what the caller works: fields of every line that it logs meanwhile, and the trace of
 * everything that it publishes meanwhile. They belong to a thread; inside a request of Quarkus they
 * belong to the request, whichever threads it runs on.
 */
public final class Working {
  /** The trace: 32 hexadecimal digits. */
  public static final String TRACE_ID = "traceId";

  /** The step of it: 16 hexadecimal digits. */
  public static final String SPAN_ID = "spanId";

  /** The id that a request came with, or got. */
  public static final String REQUEST_ID = "requestId";

  /** The model that it is about. */
  public static final String MODEL = "model";

  private static final String FLAGS = "traceFlags";

  private Working() {}

  /** An end of working on something; what was before is again. Idempotent. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * From now on, until the scope is closed.
   *
   * @param traceparent of the step that goes on; one that cannot be read is none
   * @param fields of log lines beside those of the trace
   */
  public static Scope on(Optional<String> traceparent, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    Optional<SpanContext> step = traceparent.flatMap(Traceparent::read);
    step.ifPresent(
        context -> {
          all.put(TRACE_ID, context.getTraceId());
          all.put(SPAN_ID, context.getSpanId());
          all.put(FLAGS, context.getTraceFlags().asHex());
        });
    Map<String, Optional<Object>> before = new HashMap<>();
    all.forEach(
        (name, value) -> {
          before.put(name, Optional.ofNullable(MDC.get(name)));
          MDC.put(name, value);
        });
    return () ->
        before.forEach(
            (name, value) ->
                value.ifPresentOrElse(it -> MDC.put(name, it), () -> MDC.remove(name)));
  }

  /** The same without more fields. */
  public static Scope on(Optional<String> traceparent) {
    return on(traceparent, Map.of());
  }

  /** The header for what is published now; empty outside of any trace. */
  public static Optional<String> traceparent() {
    @Nullable Object trace = MDC.get(TRACE_ID);
    @Nullable Object span = MDC.get(SPAN_ID);
    @Nullable Object flags = MDC.get(FLAGS);
    return trace == null || span == null || flags == null
        ? Optional.empty()
        : Optional.of("00-%s-%s-%s".formatted(trace, span, flags));
  }
}
