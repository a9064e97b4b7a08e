package io.modeldepot.events.terms;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells a server's loaded model from another one of the same name: a parameter in its {@code
 * config.pbtxt} with the digest of what was decided. Triton hands the parameter back with the
 * configuration of a model that it has loaded, so nobody has to remember what was loaded when.
 */
public final class EngineMark {
  /** The key of the parameter. */
  public static final String PARAMETER = "depot_digest";

  private static final Pattern IN_TEXT =
      Pattern.compile(
          "key:\\s*\"" + PARAMETER + "\"\\s*value:?\\s*\\{\\s*string_value:\\s*\"([0-9a-f]{64})\"");

  private EngineMark() {}

  /** The mark in the text of a configuration. */
  public static Optional<String> in(String configuration) {
    Matcher found = IN_TEXT.matcher(configuration);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** The parameter, to be put at the end of a configuration. */
  public static String parameter(Sha256 digest) {
    return """
    parameters {
      key: "%s"
      value {
        string_value: "%s"
      }
    }
    """
        .formatted(PARAMETER, digest.value());
  }
}
