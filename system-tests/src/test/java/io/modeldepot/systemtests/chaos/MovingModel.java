package io.modeldepot.systemtests.chaos;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.FakeRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model at the hub whose branch moves, and what each of its commits holds. */
final class MovingModel {
  private static final String ORGANISATION = "lab";
  private static final int WEIGHTS = 3;
  private static final int WEIGHT_BYTES = (1 << 20) + (1 << 19);

  private final ModelName name;
  private final boolean kept;
  private final FakeRepository repository;
  private final Map<String, Sha256> files = new TreeMap<>();
  private final Map<CommitId, Map<String, Sha256>> commits = new ConcurrentHashMap<>();
  private final List<CommitId> order = new CopyOnWriteArrayList<>();

  /**
   * A model with its first commit.
   *
   * @param kept whether nobody may ask for one of its versions to go
   */
  MovingModel(FakeHub hub, String name, boolean kept, long seed) {
    this.name = ModelName.of(name);
    this.kept = kept;
    this.repository = hub.repository(ORGANISATION + "/" + name);
    put("config.json", Content.of("{\"model_type\":\"llama\",\"seed\":" + seed + "}"));
    for (int number = 0; number < WEIGHTS; number++) {
      put(weight(number), Content.random(seed + number, WEIGHT_BYTES + number * 4711L));
    }
    commit();
  }

  ModelName name() {
    return name;
  }

  /** What it is called at the hub. */
  String repository() {
    return repository.id();
  }

  boolean isKept() {
    return kept;
  }

  /** Its branch moves: one weight is another one. */
  synchronized void move(Dice dice) {
    put(weight(dice.below(WEIGHTS)), Content.random(dice.seed(), WEIGHT_BYTES + dice.below(9999)));
    commit();
  }

  List<CommitId> commits() {
    return List.copyOf(order);
  }

  /** Digests by path; empty if the hub never had this commit. */
  Optional<Map<String, Sha256>> at(CommitId commit) {
    return Optional.ofNullable(commits.get(commit));
  }

  private void commit() {
    CommitId commit = repository.commit("main");
    commits.put(commit, Map.copyOf(files));
    order.add(commit);
  }

  private void put(String path, Content content) {
    files.put(path, content.sha256());
    repository.put(path, content);
  }

  private static String weight(int number) {
    return "weights-%d.bin".formatted(number);
  }
}
