package io.modeldepot.mirror.demo;

import io.modeldepot.events.terms.ModelName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes the demonstration hub from the command line:
 *
 * <pre>java -cp 'app/*:lib/main/*' io.modeldepot.mirror.demo.DemoHubMain DIRECTORY [--gated MODEL]…
 * </pre>
 *
 * Prints a line for every version and a last line that begins with {@code READY}. Exit status 0
 * when all is there, 1 when the volume refused, 2 for a wrong command line.
 */
public final class DemoHubMain {
  private static final String USAGE = "usage: DemoHubMain DIRECTORY [--gated MODEL]...";

  private DemoHubMain() {}

  /** See the class. */
  public static void main(String[] arguments) throws InterruptedException {
    List<String> words = List.of(arguments);
    Set<ModelName> gated = new HashSet<>();
    if (words.isEmpty() || words.size() % 2 == 0 || words.getFirst().startsWith("-")) {
      throw end(2, USAGE);
    }
    for (int i = 1; i < words.size(); i += 2) {
      if (!words.get(i).equals("--gated")) {
        throw end(2, USAGE);
      }
      gated.add(ModelName.of(words.get(i + 1)));
    }
    Path root = Path.of(words.getFirst());
    try {
      List<DemoHub.Made> made = new DemoHub(root, gated).make();
      for (DemoHub.Made version : made) {
        print(
            "%-14s %-5s %s %7.1f MB"
                .formatted(
                    version.model(),
                    version.revision(),
                    version.commit(),
                    version.sizeBytes() / 1e6));
      }
      print("READY %d versions in %s".formatted(made.size(), root.toAbsolutePath()));
    } catch (IOException e) {
      throw end(1, "The demonstration hub cannot be made: " + e.getMessage());
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }

  private static AssertionError end(int status, String message) {
    System.err.println(message);
    System.exit(status);
    return new AssertionError(String.format(Locale.ROOT, "exit %d", status));
  }
}
