package io.modeldepot.registry.door;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.registry.problem.ProblemException;

/** Names in addresses. What cannot be the name of anything is the name of nothing: not found. */
public final class Names {
  private Names() {}

  public static ModelName model(String text) {
    try {
      return ModelName.of(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.UNKNOWN_MODEL, words(e));
    }
  }

  public static LocationName location(String text) {
    try {
      return LocationName.of(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.NOT_FOUND, words(e));
    }
  }

  public static RequestId request(String text) {
    try {
      return RequestId.of(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.NOT_FOUND, words(e));
    }
  }

  private static String words(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }
}
