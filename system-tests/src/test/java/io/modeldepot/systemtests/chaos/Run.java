package io.modeldepot.systemtests.chaos;

import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A depot in trouble for a while, and then a quiet one. */
final class Run implements AutoCloseable {
  private static final int MODELS = 6;
  private static final int KEPT = 2;
  private static final int OPERATORS = 2;
  private static final int SABOTEURS = 2;
  private static final Duration TO_BE_READY = Duration.ofMinutes(3);
  private static final Duration TO_BRING_IN = Duration.ofMinutes(2);

  private final Dice dice;
  private final History history;
  private final Site site;
  private final List<MovingModel> models;
  private final Watcher watcher;
  private final Supervisor supervisor;
  private final Set<String> wrong = new HashSet<>();

  Run(long seed, Path folder) throws Exception {
    this.dice = new Dice(seed);
    this.history = new History(folder);
    this.site = new Site(folder);
    this.models =
        IntStream.range(0, MODELS)
            .mapToObj(
                number ->
                    new MovingModel(site.hub(), "chaos-" + number, number < KEPT, dice.seed()))
            .toList();
    this.watcher = new Watcher(site.models(), models, history);
    this.supervisor = new Supervisor(site, wrong, history);
  }

  Site site() {
    return site;
  }

  History history() {
    return history;
  }

  List<MovingModel> models() {
    return models;
  }

  Watcher watcher() {
    return watcher;
  }

  /** Before the trouble every model is there once. */
  void bringIn() {
    RegistryClient registry = site.registry();
    List<String> ids =
        models.stream()
            .map(model -> registry.download(Map.of("repository", model.repository())))
            .toList();
    ids.forEach(id -> registry.ended(id, TO_BRING_IN));
  }

  /** Trouble for so long; everything is right again when this returns. */
  void trouble(Duration lasts) throws Exception {
    long until = System.nanoTime() + lasts.toNanos();
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < OPERATORS; i++) {
      Workload operator = new Workload("op" + (i + 1), site, models, dice.next(), history);
      all.add(() -> done(() -> operator.goOn(until)));
    }
    for (int i = 0; i < SABOTEURS; i++) {
      Saboteur saboteur = saboteur();
      all.add(() -> done(() -> saboteur.goOn(until)));
    }
    all.add(() -> done(() -> watcher.goOn(until)));
    all.add(() -> done(() -> supervisor.goOn(until)));
    together(all);
    heal();
  }

  /**
   * The broker forgets everything while downloads are under way; every service ends for that, and
   * is started again.
   *
   * @return the downloads
   */
  List<String> wipe() throws Exception {
    List<String> underWay = new ArrayList<>();
    for (MovingModel model : models) {
      model.move(dice);
      underWay.add(site.registry().download(Map.of("repository", model.repository())));
    }
    Map<String, Long> before = pids();
    supervisor.brokerIsNew();
    saboteur().carryOutAlone(new Faults(site, dice.next()).brokerWiped());
    Wait.until(
        "every service is another process",
        TO_BE_READY,
        () -> {
          supervisor.look();
          return pids().entrySet().stream().noneMatch(before.entrySet()::contains);
        },
        site::logs);
    heal();
    return underWay;
  }

  private Map<String, Long> pids() {
    return site.services().values().stream()
        .collect(Collectors.toMap(ServiceProcess::name, ServiceProcess::pid));
  }

  private Saboteur saboteur() {
    return new Saboteur(new Faults(site, dice.next()), dice.next(), history, wrong);
  }

  /** Everybody runs, and everybody is ready. */
  private void heal() {
    site.hub().calm();
    Wait.until(
        "every service is ready",
        TO_BE_READY,
        () -> {
          supervisor.look();
          return site.services().values().stream().allMatch(ServiceProcess::isReady);
        },
        site::logs);
  }

  private static Void done(Fault.Step step) throws Exception {
    step.run();
    return null;
  }

  private static void together(List<Callable<Void>> all) throws Exception {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (Future<Void> one : threads.invokeAll(all)) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The run itself failed.", e.getCause());
    }
  }

  @Override
  public void close() {
    site.close();
  }
}
