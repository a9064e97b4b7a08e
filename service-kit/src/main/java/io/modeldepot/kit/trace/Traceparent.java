package io.modeldepot.kit.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code traceparent} (W3C Trace Context, level 1, section 3.2): version, trace, span
 * and flags. What comes from outside is nothing until it was read here.
 */
final class Traceparent {
  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

  private Traceparent() {}

  /** What a header says; empty if it is none, or names nothing. */
  static Optional<SpanContext> read(String header) {
    Matcher form = FORM.matcher(header);
    if (!form.matches()) {
      return Optional.empty();
    }
    SpanContext context =
        SpanContext.createFromRemoteParent(
            form.group(1),
            form.group(2),
            TraceFlags.fromHex(form.group(3), 0),
            TraceState.getDefault());
    return context.isValid() ? Optional.of(context) : Optional.empty();
  }

  /** The header of a span. */
  static String of(SpanContext context) {
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }
}
