package io.modeldepot.registry.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Settings {@code gpu/<host>/<id>}: a GPU is drained, or a part of it is kept free, until a time,
 * for a reason.
 */
final class GpuWishes {
  private static final Pattern KEY =
      Pattern.compile("gpu/[A-Za-z0-9._-]{1,253}/[A-Za-z0-9._-]{1,128}");
  private static final Set<String> MEMBERS = Set.of("state", "reservedBytes", "until", "reason");
  private static final int LONGEST_REASON = 500;

  private GpuWishes() {}

  /** Whether a key is of this kind. */
  static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  /**
   * @throws ProblemException that points to each member that is wrong
   */
  static void require(ObjectNode wish) {
    List<FieldError> errors = new ArrayList<>();
    wish.fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                errors.add(new FieldError("/" + name, "There is no such member."));
              }
            });
    JsonNode state = wish.path("state");
    JsonNode reserved = wish.path("reservedBytes");
    if (!state.isMissingNode() && !"drained".equals(state.textValue())) {
      errors.add(new FieldError("/state", "It can be \"drained\"."));
    }
    if (!reserved.isMissingNode() && !(reserved.isIntegralNumber() && reserved.asLong() > 0)) {
      errors.add(new FieldError("/reservedBytes", "A number of bytes above 0."));
    }
    if (state.isMissingNode() && reserved.isMissingNode()) {
      errors.add(new FieldError("", "Either state or reservedBytes is required."));
    }
    if (!wish.path("until").isMissingNode() && !isTime(wish.path("until"))) {
      errors.add(new FieldError("/until", "A time as in 2026-12-31T18:00:00Z."));
    }
    JsonNode reason = wish.path("reason");
    if (!reason.isMissingNode()
        && (!reason.isTextual() || reason.textValue().length() > LONGEST_REASON)) {
      errors.add(new FieldError("/reason", "A text of at most " + LONGEST_REASON + " characters."));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private static boolean isTime(JsonNode value) {
    try {
      return value.isTextual() && Instant.parse(value.textValue()) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
