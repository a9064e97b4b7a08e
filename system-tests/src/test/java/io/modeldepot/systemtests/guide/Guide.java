package io.modeldepot.systemtests.guide;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document whose blocks say how they are to be run: {@code sh} line by line, {@code python} as a
 * whole.
 */
record Guide(Path document) {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```([^\\n]*)\\n(.*?)^```$", Pattern.DOTALL);
  private static final Pattern SHELL =
      Pattern.compile("sh(?: (?<how>needs|starts|by) (?<what>[\\w-]+))?");

  /** What a block says of its commands. */
  sealed interface Mark {
    /** They are run. */
    record Run() implements Mark {}

    /** They are run where this program is. */
    record Needs(String program) implements Mark {}

    /** They start a server that is no part of the depot, with what the depot gives to it. */
    record Starts(String program) implements Mark {}

    /** This test runs what they do, as they cannot be run from within. */
    record By(String test) implements Mark {}
  }

  /**
   * A command of a guide.
   *
   * @param place file and line, to find it by
   */
  record Command(String place, String text, Mark mark) {
    @Override
    public String toString() {
      return place + " " + text;
    }
  }

  /** A document of the project, by its path in it. */
  static Guide of(String path) {
    return new Guide(Repository.root().resolve(path));
  }

  /** The sources of a test class of this name, in whichever module. */
  static List<Path> sourceOf(String test) {
    try (Stream<Path> modules = Files.list(Repository.root())) {
      List<Path> found = new ArrayList<>();
      for (Path tests : modules.map(it -> it.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            files.filter(it -> it.endsWith(test + ".java")).forEach(found::add);
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is run, in its order; a line that ends in a backslash goes on. */
  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    for (MatchResult block : blocks()) {
      Matcher shell = SHELL.matcher(block.group(1));
      if (block.group(1).equals("python")) {
        commands.add(
            new Command(
                place(block, 0),
                "python3 - <<'END'\n" + block.group(2) + "END",
                new Mark.Needs("python3")));
      } else if (shell.matches()) {
        addLines(block, mark(shell), commands);
      }
    }
    return commands;
  }

  /** Where a block begins that does not say how it is run. */
  List<String> blocksThatNobodyRuns() {
    return blocks().stream()
        .filter(it -> !it.group(1).equals("python") && !SHELL.matcher(it.group(1)).matches())
        .map(it -> place(it, 0))
        .toList();
  }

  private void addLines(MatchResult block, Mark mark, List<Command> commands) {
    StringBuilder command = new StringBuilder();
    int line = 0;
    int begun = 0;
    for (String one : block.group(2).lines().toList()) {
      command.append(one).append('\n');
      if (!one.endsWith("\\")) {
        commands.add(new Command(place(block, begun), command.toString().strip(), mark));
        command.setLength(0);
        begun = line + 1;
      }
      line++;
    }
  }

  private static Mark mark(Matcher shell) {
    String what = shell.group("what");
    return switch (shell.group("how")) {
      case "needs" -> new Mark.Needs(what);
      case "starts" -> new Mark.Starts(what);
      case "by" -> new Mark.By(what);
      case null, default -> new Mark.Run();
    };
  }

  private List<MatchResult> blocks() {
    return BLOCK.matcher(text()).results().toList();
  }

  private String place(MatchResult block, int line) {
    long before = text().substring(0, block.start(2)).lines().count();
    return document.getFileName() + ":" + (before + 1 + line);
  }

  private String text() {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
