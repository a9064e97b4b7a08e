package io.modeldepot.events.contract;

import io.modeldepot.events.terms.ProblemText;
import io.modeldepot.events.terms.Remedy;
import java.util.stream.Collectors;

/** {@code docs/errors.md}: every problem that is told, for people. */
final class ErrorsPage {
  private static final String HEAD =
      """
      # Errors

      Written from `problems.json` of `model-events` by `make docs`; a test compares. The same for one code: `explain CODE`, and
      `/problems/CODE` at the registry, which needs no network.

      Whoever asks hears of a problem in one shape, in REST (`application/problem+json`), in `download-failed` and `maintenance-progressed`, in the
      console and from the command with `--json`: `code`, `title`, `detail` (what happened, to which thing), `evidence` (the figures), `retryable`
      and `remedies`. A script goes by the code and never by the words. *Again* says whether the same request can succeed later without anybody
      changing anything. *Exit* is what the command ends with; [cli.md](cli.md) has all of them. What is offered to be typed is run by a test, for a
      model that is there (`GuideStory`).

      | code | means | HTTP | again | exit |
      |---|---|---|---|---|
      """;

  private ErrorsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    for (ProblemText text : ProblemText.all()) {
      String code = text.code().code();
      page.append(
          "| [`%s`](#%s) | %s | %d | %s | %d |\n"
              .formatted(
                  code,
                  code,
                  text.title(),
                  text.status(),
                  text.retryable() ? "yes" : "no",
                  text.exitCode()));
    }
    ProblemText.all().forEach(text -> page.append(section(text)));
    return page.toString();
  }

  private static String section(ProblemText text) {
    String remedies = text.remedies().stream().map(ErrorsPage::line).collect(Collectors.joining());
    return "\n## %s\n\n%s. %s\n%s"
        .formatted(
            text.code().code(),
            text.title(),
            text.cause(),
            remedies.isEmpty() ? "" : "\n" + remedies);
  }

  private static String line(Remedy remedy) {
    String command = remedy.cli().map(words -> ": `" + words + "`").orElse("");
    String request = remedy.rest().map(words -> " (`" + words + "`)").orElse("");
    return "- " + remedy.say() + command + request + "\n";
  }
}
