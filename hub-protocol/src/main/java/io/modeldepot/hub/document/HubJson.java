package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Documents of the Hub's API as bytes and back. What comes in is bounded in depth and length. */
public final class HubJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(1 << 20)
                          .build())
                  .build())
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
          .build();

  private static final TypeReference<List<TreeEntry>> ENTRIES = new TypeReference<>() {};

  private HubJson() {}

  /** A document as compact JSON in UTF-8. */
  public static byte[] write(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A document of ours cannot be written.", e);
    }
  }

  /**
   * A document from JSON.
   *
   * @throws MalformedDocument if these bytes are no such document
   */
  public static <T> T read(byte[] json, Class<T> type) throws MalformedDocument {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new MalformedDocument(type.getSimpleName() + ": the document is null.");
      }
      return value;
    } catch (IOException e) {
      throw malformed(type.getSimpleName(), e);
    }
  }

  /**
   * One page of a tree, or the answer to paths-info.
   *
   * @throws MalformedDocument if these bytes are no list of entries
   */
  public static List<TreeEntry> readEntries(byte[] json) throws MalformedDocument {
    try {
      List<TreeEntry> entries = MAPPER.readValue(json, ENTRIES);
      if (entries == null || entries.stream().anyMatch(Objects::isNull)) {
        throw new MalformedDocument("Tree: an entry is null.");
      }
      return List.copyOf(entries);
    } catch (IOException e) {
      throw malformed("Tree", e);
    }
  }

  /** Says where and what, never the document itself: it may be long, and it came from outside. */
  private static MalformedDocument malformed(String what, IOException e) {
    String why =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : "unreadable";
    return new MalformedDocument(what + ": " + (why.length() > 300 ? why.substring(0, 300) : why));
  }
}
