/**
 * One request through all services, as W3C Trace Context has it. {@link
 * io.modeldepot.kit.trace.Tracing} begins steps and, where an endpoint is configured, sends them
 * there by OTLP; {@link io.modeldepot.kit.trace.Working} knows on behalf of what a thread works,
 * for what it publishes and for its lines in the log. The header {@code traceparent} is passed on
 * in either case, so that who records nothing does not break the chain of those who do. Attributes
 * name models, requests and topics, never what somebody said or showed.
 */
@NullMarked
package io.modeldepot.kit.trace;

import org.jspecify.annotations.NullMarked;
