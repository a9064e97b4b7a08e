package io.modeldepot.registry.listing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a page ended: the last row's values of the sort field and of the unique one. Opaque to
 * callers; it names the question too, so that it cannot be used with another one.
 *
 * @param question filters, search and order in one text
 * @param value the sort field's value in the last row
 * @param id the unique field's value in the last row
 */
record Cursor(String question, Object value, Object id) {

  String text(Order order, Field idField) {
    String json =
        Wire.mapper()
            .createArrayNode()
            .add(Integer.toHexString(question.hashCode()))
            .add(written(value))
            .add(written(id))
            .toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a cursor of ours.
   *
   * @throws io.modeldepot.registry.problem.ProblemException if it is none, or of another question
   */
  static Cursor parse(String text, String question, Order order, Field idField) {
    try {
      JsonNode json = Wire.mapper().readTree(Base64.getUrlDecoder().decode(text));
      if (json == null || !json.isArray() || json.size() != 3) {
        throw Values.refused("The cursor is none of ours; start without one.");
      }
      if (!json.get(0).asText().equals(Integer.toHexString(question.hashCode()))) {
        throw Values.refused("The cursor belongs to another filter or order; start without one.");
      }
      return new Cursor(
          question, read(json.get(1).asText(), order.field()), read(json.get(2).asText(), idField));
    } catch (IllegalArgumentException | DateTimeException | JsonProcessingException e) {
      throw Values.refused("The cursor is none of ours; start without one.");
    } catch (IOException e) {
      throw Values.refused("The cursor cannot be read; start without one.");
    }
  }

  private static String written(Object value) {
    return value.toString();
  }

  private static Object read(String text, Field field) {
    return switch (field.kind()) {
      case TEXT -> text;
      case FLAG -> Boolean.valueOf(text);
      case NUMBER, SIZE -> Long.valueOf(text);
      case AGE -> Instant.parse(text);
    };
  }
}
