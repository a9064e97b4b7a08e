package io.modeldepot.systemtests.guide;

import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemText;
import io.modeldepot.systemtests.guide.Guide.Command;
import io.modeldepot.systemtests.guide.Guide.Mark;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the catalogue of problems offers to be typed, about a model and a download that there are.
 */
final class Remedies {
  /** Beside the checkout, as some write a file where they stand. */
  private static final String COMMAND =
      "cd \"$TMPDIR\" && \"$OLDPWD\"/scripts/manage-ai-models.sh ";

  private Remedies() {}

  /**
   * Each once, in the catalogue's order.
   *
   * @param model of the catalog, which is present
   * @param repository that model's
   * @param request a download that ended
   */
  static List<Command> commands(String model, String repository, String request) {
    return ProblemText.all().stream()
        .flatMap(text -> offered(text, model, request))
        .map(words -> words.replace("ORG/NAME", repository))
        .distinct()
        .map(
            words ->
                new Command("problems.json", COMMAND + words + diagnosed(words), new Mark.Run()))
        .toList();
  }

  private static Stream<String> offered(ProblemText text, String model, String request) {
    Problem problem =
        Problem.of(text.code(), "A case.", Map.of("model", model, "requestId", request));
    return problem.remedies().stream().flatMap(remedy -> remedy.cli().stream());
  }

  /** A diagnosis that finds something has worked. */
  private static String diagnosed(String words) {
    return words.startsWith("doctor") ? " || test $? = 1" : "";
  }
}
