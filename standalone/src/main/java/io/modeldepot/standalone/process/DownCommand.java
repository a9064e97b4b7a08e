package io.modeldepot.standalone.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code make down}: ends, in order, what {@code make up} started on the same data. */
public final class DownCommand {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final Duration TO_END = Duration.ofSeconds(90);

  private final PrintStream out;
  private final PrintStream err;

  public DownCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Waits until it has ended. Nothing running is as good as stopped.
   *
   * @param args as those of {@code up}; {@code --data} says which depot
   * @return the exit status: 0 nothing runs, 1 it does not end, 2 wrong command line
   */
  public int run(String[] args, Map<String, String> environment, Path root)
      throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.of(args, environment, root);
    } catch (IllegalArgumentException e) {
      err.println("error: " + e.getMessage());
      err.println("Try:  make down ARGS=\"--data DIR\"");
      return USAGE;
    }
    Optional<ProcessHandle> launcher = new RunFile(options.data()).launcher();
    if (launcher.isEmpty()) {
      return nothingRuns(options.data());
    }
    out.println("Stopping the depot on " + options.data() + " …");
    launcher.get().destroy();
    try {
      launcher.get().onExit().get(TO_END.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      err.println(
          "error: process %d does not end within %d s"
              .formatted(launcher.get().pid(), TO_END.toSeconds()));
      err.println("Try:  kill -9 " + launcher.get().pid() + ", then make down again");
      return FAILED;
    }
    out.println("Stopped. The data is in " + options.data());
    return OK;
  }

  /** A launcher that was killed may have left processes behind. */
  private int nothingRuns(Path data) throws IOException {
    if (data.toFile().isDirectory()) {
      Optional<Hold> hold = Hold.take(data);
      if (hold.isEmpty()) {
        err.println("error: a depot is starting on " + data + "; it has not said yet who it is");
        err.println("Try:  make down again in a moment");
        return FAILED;
      }
      try (Hold ours = hold.get()) {
        ours.endLeftOvers(new RunFile(data));
      }
    }
    out.println("Nothing runs on " + data);
    return OK;
  }
}
