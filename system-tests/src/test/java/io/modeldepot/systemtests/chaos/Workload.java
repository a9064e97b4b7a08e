package io.modeldepot.systemtests.chaos;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.RegistryClient.Answer;
import io.modeldepot.systemtests.depot.TopicWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * An operator who asks for things by chance, by REST and by event, and does as scripts do that want
 * to be sure: what was not answered is asked again under the same id.
 */
final class Workload {
  private static final Duration LEAST_REST = Duration.ofMillis(200);
  private static final Duration MOST_REST = Duration.ofMillis(2_500);
  private static final Duration INSISTS = Duration.ofSeconds(40);
  private static final int MOST_USERS = 12;

  private final String name;
  private final RegistryClient registry;
  private final TopicWriter events;
  private final List<MovingModel> models;
  private final Dice dice;
  private final History history;
  private final AtomicInteger number = new AtomicInteger();
  private final List<String> downloads = new ArrayList<>();
  private final List<Runnable> acts = new ArrayList<>();

  /**
   * One operator.
   *
   * @param name what its requests' ids begin with
   */
  Workload(String name, Site site, List<MovingModel> models, Dice dice, History history) {
    this.name = name;
    this.registry = site.registry();
    this.events =
        new TopicWriter(
            Map.of(
                "bootstrap.servers", site.broker().bootstrapServers(),
                "max.block.ms", "3000",
                "request.timeout.ms", "3000",
                "delivery.timeout.ms", "5000"));
    this.models = models;
    this.dice = dice;
    this.history = history;
    often(6, this::download);
    often(4, this::update);
    often(2, this::downloadByEvent);
    often(2, this::cancel);
    often(2, this::rollBack);
    often(2, this::activate);
    often(2, this::demand);
    often(2, this::cleanVersions);
    often(1, this::cleanModel);
    often(1, this::cleanCache);
    often(1, this::undo);
    often(1, this::backUp);
    often(1, this::verify);
  }

  void goOn(long untilNanos) throws InterruptedException {
    while (System.nanoTime() < untilNanos) {
      Thread.sleep(dice.between(LEAST_REST, MOST_REST));
      dice.of(acts).run();
    }
  }

  private void often(int weight, Runnable act) {
    for (int i = 0; i < weight; i++) {
      acts.add(act);
    }
  }

  private void download() {
    MovingModel model = dice.of(models);
    Map<String, Object> body = request(model);
    if (dice.oneIn(4)) {
      body.put("revision", dice.of(model.commits()).value());
    }
    if (dice.oneIn(8)) {
      body.put("force", true);
    }
    downloads.add(ask("downloads", body, Optional.of(model), false));
  }

  private void update() {
    MovingModel model = dice.of(models);
    model.move(dice);
    Map<String, Object> body = request(model);
    body.put("revision", "main");
    downloads.add(ask("downloads", body, Optional.of(model), false));
  }

  private Map<String, Object> request(MovingModel model) {
    return new HashMap<>(Map.of("repository", model.repository()));
  }

  private void downloadByEvent() {
    MovingModel model = dice.of(models);
    String id = nextId();
    boolean accepted = publish(Map.of("repository", model.repository(), "requestId", id));
    history.asked(
        new Asked(
            id, "downloads", Optional.of(model.name()), accepted, false, true, Instant.now()));
    downloads.add(id);
  }

  private boolean publish(Map<String, Object> payload) {
    try {
      events.publish("download-requested", payload);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void cancel() {
    if (!downloads.isEmpty()) {
      String id = downloads.get(downloads.size() - 1 - dice.below(Math.min(4, downloads.size())));
      Answer unused = insist("cancel", () -> registry.delete("/downloads/" + id));
    }
  }

  private void rollBack() {
    MovingModel model = dice.of(models);
    CommitId commit = dice.of(model.commits());
    String id = nextId();
    Answer answer =
        insist(
            "rollback",
            () ->
                registry.post(
                    "/models/" + model.name() + "/rollback",
                    Map.of("commit", commit.value(), "requestId", id)));
    if (answer.status() == 202) {
      history.asked(
          new Asked(
              answer.body().path("id").asText(),
              "downloads",
              Optional.of(model.name()),
              true,
              false,
              false,
              Instant.now()));
    }
  }

  private void activate() {
    patch("{\"active\":%s}".formatted(dice.oneIn(2)));
  }

  private void demand() {
    patch(
        "{\"placement\":{\"users\":%d,\"contextTokens\":1024}}"
            .formatted(1 + dice.below(MOST_USERS)));
  }

  private void patch(String patch) {
    MovingModel model = dice.of(models);
    Answer unused = insist("edit", () -> registry.patchModel(model.name().value(), patch));
  }

  private void cleanVersions() {
    MovingModel model = dice.of(models);
    if (!model.isKept()) {
      String unused =
          ask(
              "cleanups",
              new HashMap<>(
                  Map.of(
                      "scope",
                      "versions",
                      "model",
                      model.name().value(),
                      "keepNewest",
                      1 + dice.below(2))),
              Optional.of(model),
              true);
    }
  }

  private void cleanModel() {
    MovingModel model = dice.of(models);
    if (!model.isKept()) {
      String unused =
          ask(
              "cleanups",
              new HashMap<>(Map.of("scope", "model", "model", model.name().value())),
              Optional.of(model),
              true);
    }
  }

  private void cleanCache() {
    String unused =
        ask("cleanups", new HashMap<>(Map.of("scope", "cache")), Optional.empty(), false);
  }

  private void undo() {
    String unused =
        ask(
            "cleanups",
            new HashMap<>(Map.of("scope", "trash", "action", "undo", "trash", "last")),
            Optional.empty(),
            false);
  }

  private void verify() {
    String unused =
        ask(
            "integrity",
            new HashMap<>(Map.of("scope", "integrity", "action", "verify")),
            Optional.empty(),
            false);
  }

  private void backUp() {
    String unused = ask("backups", new HashMap<>(), Optional.empty(), false);
  }

  /** Asks until there is an answer; gives the id. */
  private String ask(
      String kind, Map<String, Object> body, Optional<MovingModel> model, boolean removes) {
    String id = nextId();
    body.put("requestId", id);
    Answer answer = insist(kind, () -> registry.post("/" + kind, body));
    if (answer.status() == 202 || !isAnAnswer(answer)) {
      history.asked(
          new Asked(
              id,
              kind,
              model.map(MovingModel::name),
              answer.status() == 202,
              removes,
              false,
              Instant.now()));
    } else if (answer.status() == 409 && answer.toString().contains("duplicate-id")) {
      history.broken("The same request again, under its id, was refused: " + answer);
    }
    return id;
  }

  private Answer insist(String what, Supplier<Answer> call) {
    long end = System.nanoTime() + INSISTS.toNanos();
    Answer answer = call.get();
    int tries = 1;
    while (!isAnAnswer(answer) && System.nanoTime() < end) {
      pause();
      answer = call.get();
      tries++;
    }
    history.count(
        what + " " + (isAnAnswer(answer) ? answer.status() : "not answered"),
        Map.of("tries", tries, "by", name, "says", answer.status() < 300 ? "" : answer.toString()));
    return answer;
  }

  private static boolean isAnAnswer(Answer answer) {
    return answer.status() > 0 && answer.status() < 500 && answer.status() != 429;
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(500));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String nextId() {
    return name + "-" + number.incrementAndGet();
  }
}
