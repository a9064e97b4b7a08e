package io.modeldepot.events.terms;

import java.util.Optional;
import java.util.regex.Matcher;

/**
 * One thing that would help.
 *
 * @param say in words
 * @param cli the arguments of manage-ai-models.sh
 * @param rest the REST call
 */
public record Remedy(String say, Optional<String> cli, Optional<String> rest) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Remedy {
    Components.required(say, "say");
    cli = Components.optional(cli);
    rest = Components.optional(rest);
  }

  /**
   * The same with a value where a text that is good for every case has only a place for it: {@code
   * NAME} of a model, {@code ID} of a request.
   */
  Remedy with(String place, String value) {
    String word = "(?<!/)\\b" + place + "\\b";
    String meant = Matcher.quoteReplacement(value);
    return new Remedy(
        say,
        cli.map(text -> text.replaceAll(word, meant)),
        rest.map(text -> text.replaceAll(word, meant)));
  }

  /** A remedy in words alone. */
  public static Remedy say(String words) {
    return new Remedy(words, Optional.empty(), Optional.empty());
  }

  /** A remedy with the command that does it. */
  public static Remedy cli(String words, String arguments) {
    return new Remedy(words, Optional.of(arguments), Optional.empty());
  }
}
