package io.modeldepot.registry.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.LargeBodies;
import io.modeldepot.registry.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies. Not JSON is {@code bad-request}; JSON with wrong content is {@code invalid} and
 * says where.
 */
public final class Bodies {
  private Bodies() {}

  /**
   * The body as a JSON object.
   *
   * @throws ProblemException if it is none
   */
  public static ObjectNode object(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      throw ProblemException.of(
          ProblemCode.BAD_REQUEST, "The body is empty; a JSON object is expected.");
    }
    if (body.length > LargeBodies.MOST_BYTES) {
      throw ProblemException.of(
          ProblemCode.REQUEST_TOO_LARGE, "The body has " + body.length + " bytes.");
    }
    try {
      JsonNode tree = Wire.mapper().readTree(body);
      if (tree instanceof ObjectNode object) {
        requireText(object, "");
        return object;
      }
      throw ProblemException.of(ProblemCode.BAD_REQUEST, "The body is not a JSON object.");
    } catch (JsonProcessingException e) {
      throw ProblemException.of(ProblemCode.BAD_REQUEST, "Not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ProblemException.of(ProblemCode.BAD_REQUEST, "The body cannot be read.");
    }
  }

  /** What a database cannot keep is refused here, with its place, and not by the database. */
  private static void requireText(JsonNode node, String at) {
    if (node.isTextual() && !Storable.isText(node.textValue())) {
      throw ProblemException.invalid(
          List.of(new FieldError(at, "It has the character U+0000 or half of a character.")));
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!Storable.isText(member.getKey())) {
        throw ProblemException.invalid(
            List.of(new FieldError(at, "A name has the character U+0000 or half of one.")));
      }
      requireText(member.getValue(), at + pointer(member.getKey()));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      requireText(node.get(i), at + "/" + i);
    }
  }

  private static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /**
   * Reads an object as a record.
   *
   * @throws ProblemException that points to the member that is wrong
   */
  public static <T> T as(JsonNode object, Class<T> type) {
    try {
      return Wire.read(Wire.write(object), type);
    } catch (UnreadablePayload e) {
      throw ProblemException.invalid(List.of(fieldError(e.detail())));
    }
  }

  /**
   * Refuses members that the resource does not have: a wish that is spelled wrong must not be
   * dropped silently.
   *
   * @throws ProblemException that points to each of them
   */
  public static void onlyMembers(ObjectNode object, Set<String> known) {
    List<FieldError> errors = new ArrayList<>();
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                errors.add(
                    new FieldError(pointer(name), "There is no such field that could be set."));
              }
            });
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private static FieldError fieldError(String detail) {
    int end = detail.startsWith("/") ? detail.indexOf(": ") : -1;
    return end < 0
        ? new FieldError("", detail)
        : new FieldError(detail.substring(0, end), detail.substring(end + 2));
  }
}
