package io.modeldepot.events.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comments of the sources as sentences of a page. */
public final class Javadoc {
  private Javadoc() {}

  /** A comment without its stars, in Markdown. */
  public static String plain(String comment) {
    return comment
        .replaceAll("\\R\\s*\\*\\s?", " ")
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code (.*?)}(?=[^}]|$)", "`$1`")
        .replaceAll("\\{@link (.*?)}", "`$1`")
        .replaceAll("[ *]+$", "")
        .trim();
  }

  /** What a comment says of a parameter; empty where that is nothing, or its name alone. */
  public static String parameter(String comment, String name) {
    Matcher m =
        Pattern.compile(
                "@param " + name + "\\s+(.*?)(?=(?<!\\{)@(?:param|return|throws)\\b|\\*/|\\z)",
                Pattern.DOTALL)
            .matcher(comment);
    String sentence = m.find() ? plain(m.group(1)) : "";
    return sentence.equals(name) ? "" : sentence;
  }
}
