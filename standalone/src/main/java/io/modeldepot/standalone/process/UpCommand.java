package io.modeldepot.standalone.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code make up}: from the command line to an exit status. */
public final class UpCommand {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int BUSY = 8;
  private static final int INTERRUPTED = 130;
  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final PrintStream err;
  private final Board board;
  private final AtomicReference<@Nullable Depot> depot = new AtomicReference<>();
  private final Signals signals = new Signals(this::stopAtOnce);

  /**
   * @param terminal whether the output is read by a person who watches
   */
  public UpCommand(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.board = new Board(out, terminal);
  }

  /**
   * Runs until asked to stop.
   *
   * @param root the checkout
   * @return the exit status: 0 stopped as asked, 1 did not start, 2 wrong command line, 8 another
   *     depot runs on the same data
   */
  public int run(String[] args, Map<String, String> environment, Path root)
      throws IOException, InterruptedException {
    if (Arrays.asList(args).contains("--help")) {
      out.print(Options.HELP);
      return OK;
    }
    Options options;
    try {
      options = Options.of(args, environment, root);
    } catch (IllegalArgumentException e) {
      err.println("error: " + e.getMessage());
      err.println("Try:  make up ARGS=--help");
      return USAGE;
    }
    RunFile runFile = new RunFile(options.data());
    Optional<Hold> hold;
    try {
      hold = Hold.take(options.data());
    } catch (IOException e) {
      err.println("error: the data directory " + options.data() + " cannot be used: " + why(e));
      err.println("Try:  make up ARGS=\"--data DIR\" with a directory that you may write to");
      return FAILED;
    }
    if (hold.isEmpty()) {
      err.println("error: a depot already runs on " + options.data() + ": " + runFile.whoRuns());
      err.println("Try:  stop it with Ctrl-C where it runs, or choose another --data");
      return BUSY;
    }
    try (Hold ours = hold.get()) {
      ours.endLeftOvers(runFile);
      try {
        return up(options, runFile);
      } finally {
        runFile.remove();
      }
    }
  }

  private int up(Options options, RunFile runFile) throws IOException, InterruptedException {
    long since = System.nanoTime();
    board.say("Model Depot · data " + options.data() + " · store " + options.modelsDir());
    Plan plan = Plan.of(options, board);
    Depot started = new Depot(plan, board, runFile);
    depot.set(started);
    Thread starting = Thread.currentThread();
    signals.atFirst(starting::interrupt);
    try {
      started.start();
      board.say("Ready in %.1f s.".formatted((System.nanoTime() - since) / NANOS));
      return use(options, plan);
    } catch (StartFailed e) {
      board.done();
      err.println("error: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      if (!signals.askedToStop()) {
        throw e;
      }
      return INTERRUPTED;
    } finally {
      signals.atFirst(() -> {});
      // The interruption was for the start, not for the stop.
      Thread.interrupted();
      board.done();
      board.say("Stopping …");
      started.stop();
      board.say("Stopped. The data is in " + options.data());
    }
  }

  private int use(Options options, Plan plan) throws IOException, InterruptedException {
    FirstUse firstUse = new FirstUse(plan, board);
    signals.atFirst(firstUse::interrupt);
    boolean well = true;
    if (options.showMainJob() && options.hub() instanceof Hub.Demo) {
      well = firstUse.show();
    }
    if (options.once()) {
      return well ? OK : FAILED;
    }
    if (!signals.askedToStop()) {
      firstUse.sayWhatNext();
    }
    signals.await();
    return OK;
  }

  /** In a person's words: the file system's exceptions say only a path. */
  private static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + ": there is no such directory";
      case FileAlreadyExistsException file -> file.getFile() + ": it is a file";
      default -> String.valueOf(e.getMessage());
    };
  }

  private void stopAtOnce() {
    Depot running = depot.get();
    if (running != null) {
      running.kill();
    }
    Runtime.getRuntime().halt(INTERRUPTED);
  }
}
