package io.modeldepot.systemtests.guide;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document whose blocks marked {@code sh} are commands to be run in its order. */
final class Guide {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```sh(?: needs ([a-z-]+))?\\n(.*?)^```$", Pattern.DOTALL);

  private Guide() {}

  /**
   * A command of a guide.
   *
   * @param place file and line, to find it by
   * @param needs a program that must be on this machine
   */
  record Command(String place, String text, Optional<String> needs) {
    @Override
    public String toString() {
      return place + " " + text;
    }
  }

  /** The commands of a document below {@code docs}, a line that ends in a backslash goes on. */
  static List<Command> commands(String name) {
    Path document = Repository.root().resolve("docs").resolve(name);
    String text;
    try {
      text = Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Command> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      int line = (int) text.substring(0, block.start(2)).lines().count() + 1;
      StringBuilder command = new StringBuilder();
      int begun = line;
      for (String one : block.group(2).lines().toList()) {
        command.append(one).append('\n');
        if (!one.endsWith("\\")) {
          commands.add(
              new Command(
                  name + ":" + begun,
                  command.toString().strip(),
                  Optional.ofNullable(block.group(1))));
          command.setLength(0);
          begun = line + 1;
        }
        line++;
      }
    }
    return commands;
  }
}
