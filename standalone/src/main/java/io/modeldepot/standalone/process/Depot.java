package io.modeldepot.standalone.process;

import io.modeldepot.standalone.child.Spawn;
import io.modeldepot.standalone.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Everything together: engines and hub at the same time, then what needs the engines. */
final class Depot {
  private static final Duration TO_GIVE_UP = Duration.ofSeconds(10);

  private final Plan plan;
  private final Board board;
  private final RunFile runFile;
  private final DatabaseKeeper databaseKeeper;
  private final List<Keeper> engines = new CopyOnWriteArrayList<>();
  private final List<Keeper> services = new CopyOnWriteArrayList<>();
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();

  Depot(Plan plan, Board board, RunFile runFile) {
    this.plan = plan;
    this.board = board;
    this.runFile = runFile;
    this.databaseKeeper = new DatabaseKeeper(plan.options().data(), board);
  }

  /**
   * Starts everything; returns when all of it is ready.
   *
   * @throws StartFailed when a part did not get ready; what runs by then must be stopped
   */
  void start() throws StartFailed, IOException, InterruptedException {
    prepareLogs();
    Future<Database> database = beginFor(() -> databaseKeeper.start(plan.ports().postgresql()));
    Future<?> broker = begin(() -> keep(engines, plan.broker()));
    Future<?> volume =
        begin(() -> run("volume", plan.command("setup"), plan.options().modelsDir()));
    Future<?> hub = begin(this::startDemoHub);
    Database ready = get(database);
    get(broker);
    get(volume);
    Future<?> registry = begin(() -> keep(services, plan.registry(ready)));
    Future<?> downloader = begin(() -> keep(services, plan.downloader()));
    Future<?> janitor = begin(() -> keep(services, plan.janitor()));
    Future<?> placement = begin(this::startPlacement);
    get(registry);
    get(downloader);
    get(janitor);
    get(placement);
    get(hub);
    runFile.describe(plan.where(ready));
    board.done();
  }

  /** Services first, then the engines they talk to. What is still starting is given up. */
  void stop() throws InterruptedException {
    tasks.shutdownNow();
    tasks.awaitTermination(TO_GIVE_UP.toSeconds(), TimeUnit.SECONDS);
    stopAll(services);
    stopAll(engines);
    databaseKeeper.stop();
  }

  /** Kills what would take its time; the database ends in order even now, which is quick. */
  void kill() {
    services.forEach(Keeper::kill);
    engines.forEach(Keeper::kill);
    databaseKeeper.stop();
  }

  private void startDemoHub() throws Exception {
    if (plan.options().hub() instanceof Hub.Demo) {
      run("demo models", plan.makeDemoStore(), plan.demoStore());
      keep(services, plan.demoHub());
    }
  }

  /** What runs goes on without it: its inventory may have to be corrected first. */
  private void startPlacement() throws StartFailed {
    Keeper keeper = new Keeper(plan.placement(), board, this::rewrite);
    services.add(keeper);
    keeper.startOrGoOn();
  }

  private void keep(List<Keeper> kept, Program program) throws StartFailed {
    Keeper keeper = new Keeper(program, board, this::rewrite);
    kept.add(keeper);
    keeper.start();
  }

  private void run(String name, List<String> command, Path address)
      throws StartFailed, IOException, InterruptedException {
    board.starts(name);
    Path log = plan.log(name.replace(' ', '-'));
    ProcessBuilder builder =
        Spawn.without(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(plan.commandEnvironment());
    Process process = builder.start();
    try {
      if (process.waitFor() != 0) {
        throw new StartFailed(name, log, Child.lastLines(log, 12));
      }
    } finally {
      process.destroyForcibly();
    }
    board.ready(name, address.toString());
  }

  /** There is another process: whoever cleans up after us must find it. */
  private void rewrite() {
    try {
      runFile.record(processes());
    } catch (IOException e) {
      board.say("  ! run.json cannot be written: " + e.getMessage());
    }
  }

  private Map<String, RunFile.Recorded> processes() {
    Map<String, RunFile.Recorded> processes = new LinkedHashMap<>();
    List<Keeper> all = new ArrayList<>(engines);
    all.addAll(services);
    for (Keeper keeper : all) {
      keeper
          .child()
          .filter(Child::isAlive)
          .ifPresent(
              child ->
                  processes.put(
                      keeper.program().name(),
                      new RunFile.Recorded(child.pid(), child.startedAt())));
    }
    return processes;
  }

  /** The log of the last run is kept beside the new one. */
  private void prepareLogs() throws IOException {
    Path logs = plan.options().data().resolve("logs");
    Files.createDirectories(logs);
    try (var found = Files.newDirectoryStream(logs, "*.log")) {
      for (Path log : found) {
        Files.move(
            log,
            log.resolveSibling(log.getFileName() + ".before"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void stopAll(List<Keeper> kept) {
    try (ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor()) {
      kept.forEach(keeper -> stops.execute(keeper::stop));
    }
  }

  private interface Task {
    void run() throws Exception;
  }

  private Future<?> begin(Task task) {
    return tasks.submit(
        () -> {
          task.run();
          return "";
        });
  }

  private <T> Future<T> beginFor(Callable<T> task) {
    return tasks.submit(task);
  }

  private static <T> T get(Future<T> task) throws StartFailed, IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StartFailed failed -> throw failed;
        case IOException failed -> throw failed;
        case InterruptedException failed -> throw failed;
        case RuntimeException failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
