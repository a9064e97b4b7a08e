package io.modeldepot.events.terms;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is said about every problem of one code, read once from {@code problems.json}: the one
 * source of the CLI's {@code explain}, the registry's {@code /problems/<code>} pages and the
 * reference.
 *
 * @param code the code
 * @param title short, the same for every problem of this code
 * @param status HTTP status in REST
 * @param retryable whether the same request can succeed later
 * @param exitCode exit code of the CLI
 * @param cause what leads to it, in words
 * @param remedies what helps, best first
 */
public record ProblemText(
    ProblemCode code,
    String title,
    int status,
    boolean retryable,
    int exitCode,
    String cause,
    List<Remedy> remedies) {

  private static final Map<ProblemCode, ProblemText> ALL = load();

  public ProblemText {
    remedies = Components.list(remedies);
  }

  /** The text of a code; that of {@link ProblemCode#INTERNAL} for one this reader does not know. */
  public static ProblemText of(ProblemCode code) {
    ProblemText text = ALL.get(code);
    return text != null ? text : all().get(all().size() - 1);
  }

  /** Every text, in the order of the file. */
  public static List<ProblemText> all() {
    return List.copyOf(ALL.values());
  }

  private static Map<ProblemCode, ProblemText> load() {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    try (InputStream in = ProblemText.class.getResourceAsStream("problems.json")) {
      if (in == null) {
        throw new IllegalStateException("problems.json is missing from the class path.");
      }
      Map<ProblemCode, ProblemText> texts = new EnumMap<>(ProblemCode.class);
      for (ProblemText text : mapper.readValue(in, new TypeReference<List<ProblemText>>() {})) {
        texts.put(text.code(), text);
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("problems.json cannot be read.", e);
    }
  }
}
