package io.modeldepot.standalone;

import io.modeldepot.standalone.process.DownCommand;
import io.modeldepot.standalone.process.UpCommand;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The whole depot on this machine; {@code --help} says how. */
public final class Main {
  private Main() {}

  /** See {@code --help}. */
  public static void main(String[] args) throws Exception {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    // Java would replace ✓ by ? where no locale is set; terminals of today show it.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Path root = Path.of(System.getProperty("depot.root", "")).toAbsolutePath().normalize();
    System.exit(
        args.length > 0 && args[0].equals("down")
            ? new DownCommand(out, err)
                .run(Arrays.copyOfRange(args, 1, args.length), System.getenv(), root)
            : new UpCommand(out, err, terminal).run(args, System.getenv(), root));
  }
}
