package io.modeldepot.cli.command;

import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;

/**
 * {@code NAME} or {@code NAME@VERSION} as a person typed it. What stands behind an {@code @} is
 * never passed over in silence: it is used, or refused.
 *
 * @param version a commit, its beginning, or a revision; empty when none was given
 */
public record Named(String model, String version) {

  /**
   * @param command what is typed before the name, for the forms that are meant
   * @throws Failure when nothing stands before or behind an {@code @}
   */
  public static Named of(String text, String command) {
    int at = text.indexOf('@');
    if (at < 0) {
      return new Named(text, "");
    }
    if (at == 0) {
      throw Failure.usage("\"" + text + "\" names no model before the @")
          .tryThis(Try.command(command + " NAME" + text));
    }
    String model = text.substring(0, at);
    if (at == text.length() - 1) {
      throw Failure.usage("\"" + text + "\" names no version behind the @")
          .tryThis(Try.command(command + " " + model + "@COMMIT"))
          .tryThis(Try.command(command + " " + model));
    }
    return new Named(model, text.substring(at + 1));
  }

  /**
   * Where a model is meant and no version of it.
   *
   * @throws Failure when one is named
   */
  public static Named alone(String text, String command) {
    int at = text.indexOf('@');
    if (at >= 0) {
      String model = at == 0 ? "NAME" : text.substring(0, at);
      throw Failure.usage("\"" + text + "\": no version can be named here, only a model")
          .tryThis(Try.command(command + " " + model));
    }
    return new Named(text, "");
  }
}
