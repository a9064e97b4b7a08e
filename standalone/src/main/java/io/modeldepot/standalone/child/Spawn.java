package io.modeldepot.standalone.child;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How every program of the depot is started: with our environment, less the hub's secrets, which
 * one of them gets and no other; and so that file names in any script can be written.
 */
public final class Spawn {
  /** What only the downloader may see. */
  public static final List<String> SECRETS = List.of("HF_TOKEN", "HF_TOKEN_PATH");

  private static final List<String> LOCALE = List.of("LC_ALL", "LC_CTYPE", "LANG");

  private Spawn() {}

  /** A program that has nothing to do with the hub. */
  public static ProcessBuilder without(List<String> command) {
    ProcessBuilder builder = with(command);
    builder.environment().keySet().removeAll(SECRETS);
    return builder;
  }

  /** The program that talks to the hub. */
  public static ProcessBuilder with(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    if (!namesAreUtf8(builder.environment())) {
      builder.environment().put("LC_ALL", "C.UTF-8");
    }
    return builder;
  }

  /** The first of these that says anything is what counts; without any, names are ASCII. */
  static boolean namesAreUtf8(Map<String, String> environment) {
    return LOCALE.stream()
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(value -> value.toLowerCase(Locale.ROOT).matches(".*utf-?8.*"))
        .orElse(false);
  }
}
