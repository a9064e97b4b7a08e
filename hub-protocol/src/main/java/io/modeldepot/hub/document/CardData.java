package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * The front matter of a model's README. Its author wrote it, so nothing about its shape is certain:
 * every question is answered or empty, never an error.
 *
 * @param json as it came
 */
public record CardData(@JsonValue JsonNode json) {

  /** Takes whatever is there. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static CardData of(JsonNode json) {
    return new CardData(json);
  }

  /** Front matter that only states a licence. */
  public static CardData licensed(String licence) {
    return new CardData(JsonNodeFactory.instance.objectNode().put("license", licence));
  }

  /**
   * The licence: {@code license}, the first of several; where that is {@code other}, the name the
   * author gave it.
   */
  public Optional<String> licence() {
    JsonNode licence = json.path("license");
    if (licence.isArray()) {
      licence = licence.path(0);
    }
    Optional<String> stated = text(licence);
    return stated
        .filter("other"::equals)
        .flatMap(other -> text(json.path("license_name")))
        .or(() -> stated);
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank()
        ? Optional.of(node.textValue().strip())
        : Optional.empty();
  }
}
