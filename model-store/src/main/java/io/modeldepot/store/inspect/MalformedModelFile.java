package io.modeldepot.store.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/**
 * A file is not what its name says. Carries a sentence for people; the file's own text appears in
 * it only shortened and without control characters.
 */
public final class MalformedModelFile extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_QUOTED = 80;

  private final String problem;

  MalformedModelFile(String problem) {
    super(problem);
    this.problem = problem;
  }

  /** The {@code what} is no JSON; bytes that are no characters are not shown at all. */
  static MalformedModelFile noJson(String what, IOException e) {
    String why =
        e instanceof JsonProcessingException json
            ? quoted(json.getOriginalMessage())
            : "its bytes are no text";
    return new MalformedModelFile("The %s is not JSON that can be read: %s".formatted(what, why));
  }

  /** What is wrong, as a sentence. */
  public String problem() {
    return problem;
  }

  /** Text from the file, fit to be shown. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("'");
    text.codePoints()
        .limit(MAX_QUOTED)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(out::appendCodePoint);
    return out.append(text.length() > MAX_QUOTED ? "…'" : "'").toString();
  }
}
