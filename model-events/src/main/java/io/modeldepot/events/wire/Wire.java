package io.modeldepot.events.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;

/**
 * Payloads as bytes and back. Unknown fields are ignored, an unknown value of an enumeration is
 * kept as {@code unknown} where the enumeration has that constant and refused where it has not,
 * absent optional values are left out, times are RFC 3339 in UTC with milliseconds.
 */
public final class Wire {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private static final ObjectMapper MAPPER = configure(JsonMapper.builder()).build();

  private Wire() {}

  /** The one mapper; it must not be reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** A time as it is written everywhere. */
  public static String time(Instant instant) {
    return MILLIS.format(instant);
  }

  /** A payload as compact JSON in UTF-8. */
  public static byte[] write(Object payload) {
    try {
      return MAPPER.writeValueAsBytes(payload);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A payload of ours cannot be written.", e);
    }
  }

  /**
   * A payload from JSON.
   *
   * @throws UnreadablePayload with the dead-letter reason, if these bytes are no such payload
   */
  public static <T> T read(byte[] json, Class<T> type) throws UnreadablePayload {
    return read(json, MAPPER.readerFor(type));
  }

  /**
   * A command from JSON. What it asks for must be known in full: an unknown value of an enumeration
   * is refused everywhere.
   *
   * @throws UnreadablePayload with the dead-letter reason, if these bytes are no such command
   */
  public static <T> T readCommand(byte[] json, Class<T> type) throws UnreadablePayload {
    return read(
        json,
        MAPPER
            .readerFor(type)
            .without(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE));
  }

  private static <T> T read(byte[] json, ObjectReader reader) throws UnreadablePayload {
    try {
      T value = reader.readValue(json);
      if (value == null) {
        throw new UnreadablePayload(Reason.UNREADABLE, "The payload is null.");
      }
      return value;
    } catch (InvalidFormatException e) {
      boolean enumeration = e.getTargetType() != null && e.getTargetType().isEnum();
      throw new UnreadablePayload(
          enumeration ? Reason.UNKNOWN_VALUE : Reason.INVALID, at(e) + e.getOriginalMessage());
    } catch (JsonMappingException e) {
      boolean syntax = e.getCause() instanceof JsonParseException || e.getPath().isEmpty();
      Reason reason = syntax && !hasOwnWords(e) ? Reason.UNREADABLE : Reason.INVALID;
      throw new UnreadablePayload(reason, at(e) + words(e));
    } catch (JsonProcessingException e) {
      throw new UnreadablePayload(Reason.UNREADABLE, "Not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      // Nothing is read but an array: these are bytes that are no characters.
      throw new UnreadablePayload(Reason.UNREADABLE, "Not JSON: " + e.getMessage());
    }
  }

  /** The settings of {@link #mapper()}, for a framework that builds its own. */
  public static <B extends com.fasterxml.jackson.databind.cfg.MapperBuilder<?, B>> B configure(
      B builder) {
    SimpleModule times = new SimpleModule("depot-times");
    times.addSerializer(Instant.class, new MillisSerializer());
    return builder
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(times)
        .serializationInclusion(JsonInclude.Include.NON_ABSENT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
  }

  private static boolean hasOwnWords(JsonMappingException e) {
    return e.getCause() instanceof IllegalArgumentException
        || e instanceof com.fasterxml.jackson.databind.exc.MismatchedInputException mismatch
            && mismatch.getPath().isEmpty()
            && mismatch.getOriginalMessage().contains("creator property");
  }

  private static String words(JsonMappingException e) {
    return e.getCause() instanceof IllegalArgumentException own
        ? String.valueOf(own.getMessage())
        : e.getOriginalMessage();
  }

  private static String at(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() != null ? "/" + r.getFieldName() : "/" + r.getIndex())
            .collect(Collectors.joining());
    return path.isEmpty() ? "" : path + ": ";
  }

  private static final class MillisSerializer extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    MillisSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(time(value));
    }
  }
}
