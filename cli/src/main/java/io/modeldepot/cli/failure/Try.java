package io.modeldepot.cli.failure;

/**
 * One thing that would help.
 *
 * @param say why, in words; may be empty
 * @param command the command to type, without the program's name; may be empty when only words help
 */
public record Try(String say, String command) {
  public static Try command(String command) {
    return new Try("", command);
  }

  public static Try words(String say) {
    return new Try(say, "");
  }
}
