package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.fixture.TypedAgain;
import io.modeldepot.cli.output.Json;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered to be typed can be typed. */
class RemedyTest {
  private static final Path ROOT = Path.of(System.getProperty("depot.root", ".."));
  private static final Pattern MADE = Pattern.compile("(?:Try\\.command|Remedy\\.cli|new Try)\\(");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @TempDir Path home;
  private final RegistryServer registry = new RegistryServer();

  @AfterEach
  void end() {
    registry.close();
  }

  @Test
  void every_remedy_of_the_catalogue_is_understood_and_names_the_model_it_is_about() {
    for (ProblemText text : ProblemText.all()) {
      Problem problem =
          Problem.of(text.code(), "A case.", Map.of("model", "phi-2", "requestId", "r-1"));
      problem.remedies().stream()
          .flatMap(remedy -> remedy.cli().stream())
          .forEach(
              words -> {
                assertThat(words).doesNotContainPattern("(?<!/)\\b(NAME|ID|FILE|PATTERN)\\b");
                TypedAgain.understood(words, new Shell(home).entry().everything());
              });
    }
  }

  @Test
  void every_remedy_that_a_service_or_the_command_makes_is_understood() throws IOException {
    List<String> made = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(
              it -> it.toString().endsWith(".java") && it.toString().contains("/src/main/java/"))
          .forEach(file -> made.addAll(commands(file)));
    }

    assertThat(made).as("the search finds some").hasSizeGreaterThan(50);
    for (String words : made) {
      TypedAgain.understood(words, new Shell(home).entry().everything());
    }
  }

  @Test
  void a_remedy_whose_model_nobody_knows_is_told_in_words() {
    ObjectNode problem = Json.object().put("code", "not-present").put("status", 409);
    problem.put("title", "Not here").put("detail", "It is not here.");
    problem.putArray("remedies").addObject().put("say", "Download it").put("cli", "download NAME");
    registry.answers("GET /status", 409, problem);
    Shell shell = new Shell(home).on(registry);

    assertThat(shell.run("status").err()).contains("Try:  Download it\n").doesNotContain("NAME");
    problem.putObject("evidence").put("model", "phi-2");
    registry.answers("GET /storage", 409, problem);
    assertThat(shell.run("usage").err()).contains("Try:  depot download phi-2   (Download it)\n");
  }

  /**
   * The commands in a source file, with a 1 for every part that is not written there: that is a
   * number, a name and a file.
   */
  private static List<String> commands(Path file) {
    String source;
    try {
      source = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> commands = new ArrayList<>();
    Matcher matcher = MADE.matcher(source);
    while (matcher.find()) {
      List<String> arguments = arguments(source, matcher.end());
      String last = arguments.getLast();
      boolean written = last.startsWith("\"") && arguments.size() <= 2;
      if (written && !LITERAL.matcher(last).results().toList().getFirst().group(1).isEmpty()) {
        commands.add(words(last));
      }
    }
    return commands;
  }

  /** The expressions between a bracket and its end, by their commas. */
  private static List<String> arguments(String source, int from) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int begin = from;
    for (int at = from; ; at++) {
      char c = source.charAt(at);
      if (c == '"' && source.charAt(at - 1) != '\\') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && (c == ',' || c == ')') && depth == 0) {
        arguments.add(source.substring(begin, at).strip());
        begin = at + 1;
        if (c == ')') {
          return arguments;
        }
      } else if (!quoted && c == ')') {
        depth--;
      }
    }
  }

  private static String words(String expression) {
    StringBuilder words = new StringBuilder();
    int end = 0;
    Matcher literal = LITERAL.matcher(expression);
    while (literal.find()) {
      words.append(expression.substring(end, literal.start()).matches(".*\\w.*") ? "1" : "");
      words.append(literal.group(1).replace("\\\"", "\"").replaceAll("%[sd]", "1"));
      end = literal.end();
      if (expression.startsWith(".formatted", end) || expression.startsWith("\n", end)) {
        return words.toString();
      }
    }
    boolean more = expression.substring(end).strip().startsWith("+");
    return words + (more ? "1" : "");
  }
}
