package io.modeldepot.events.wire;

import io.modeldepot.events.topic.TopicSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The CloudEvents 1.0 headers of a record, binary mode (Kafka protocol binding). Written on every
 * record of ours; all of them optional on the way in.
 *
 * @param id {@code ce_id}
 * @param source {@code ce_source}, {@code /<service>/<instance>}
 * @param type {@code ce_type}, {@code io.modeldepot.<topic>.v1}
 * @param time {@code ce_time}
 * @param subject {@code ce_subject}, the record's key
 * @param traceparent W3C trace context, where there is one
 */
public record CloudEventHeaders(
    String id,
    String source,
    String type,
    Instant time,
    Optional<String> subject,
    Optional<String> traceparent) {

  /** Header names. */
  public static final String ID = "ce_id";

  public static final String SOURCE = "ce_source";
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String TYPE = "ce_type";
  public static final String TIME = "ce_time";
  public static final String SUBJECT = "ce_subject";
  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "traceparent";

  /** The value of {@code content-type}. */
  public static final String JSON = "application/json";

  /** The headers of a record that a service writes now. */
  public static CloudEventHeaders of(
      TopicSpec topic, String id, String service, String instance, String key, Instant now) {
    return new CloudEventHeaders(
        id,
        "/" + service + "/" + instance,
        topic.cloudEventType(),
        now,
        Optional.of(key),
        Optional.empty());
  }

  /** The same headers as part of a trace. */
  public CloudEventHeaders withTraceparent(String parent) {
    return new CloudEventHeaders(id, source, type, time, subject, Optional.of(parent));
  }

  /** Header names and values, in a fixed order. */
  public Map<String, String> asMap() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(SPEC_VERSION, "1.0");
    headers.put(ID, id);
    headers.put(SOURCE, source);
    headers.put(TYPE, type);
    headers.put(TIME, Wire.time(time));
    subject.ifPresent(value -> headers.put(SUBJECT, value));
    headers.put(CONTENT_TYPE, JSON);
    traceparent.ifPresent(value -> headers.put(TRACEPARENT, value));
    return headers;
  }
}
