package io.modeldepot.simulation.service;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.simulation.broker.Broker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The registry, as far as the protocol needs it: the catalog with its outbox, and the projection of
 * {@code model-verified}. The product decides this in SQL; here the same decisions are written down
 * again. Its tables outlive it, its positions in topics do not.
 */
public final class Registry {
  private final World world;
  private final Map<String, ModelDescribed> catalog = new TreeMap<>();
  private final List<ModelDescribed> outbox = new ArrayList<>();
  private final Map<String, Row> rows = new TreeMap<>();
  private final List<String> audit = new ArrayList<>();
  private long position;
  private int life = 1;

  /** What the table says of a version at a location. */
  private static final class Row {
    final ModelVerified said;
    boolean current;

    Row(ModelVerified said, boolean current) {
      this.said = said;
      this.current = current;
    }
  }

  Registry(World world) {
    this.world = world;
  }

  /** An entry of the catalog. */
  Optional<ModelDescribed> entry(String model) {
    return Optional.ofNullable(catalog.get(model));
  }

  /** Row, audit entry and outbox record, in one transaction. */
  void describe(ModelDescribed entry) {
    catalog.put(entry.model().value(), entry);
    audit.add("model.described " + entry.model() + " " + entry.generation());
    outbox.add(entry);
  }

  /** A new process with the old tables: it reads everything again. */
  void restart() {
    position = 0;
  }

  /** One look at the broker. */
  void poll() {
    Broker broker = world.broker();
    if (broker.isAway()) {
      return;
    }
    if (life != broker.life()) {
      life = broker.life();
      position = 0;
      outbox.clear();
      outbox.addAll(catalog.values());
    }
    while (!outbox.isEmpty()) {
      ModelDescribed next = outbox.removeFirst();
      Broker.Entry unused =
          broker.append(Topics.MODEL_DESCRIBED, next.model().value(), Optional.of(next));
    }
    int some = world.mischief() ? world.chance().below(6) : Integer.MAX_VALUE;
    for (int heard = 0; heard < some; heard++) {
      Optional<Broker.Entry> next = broker.from(Topics.MODEL_VERIFIED, position);
      if (next.isEmpty()) {
        return;
      }
      position = next.get().offset() + 1;
      take((ModelVerified) next.get().value().orElseThrow(IllegalStateException::new));
    }
  }

  /** As {@code Versions.take} and {@code pointCurrent} of the registry. */
  private void take(ModelVerified said) {
    String key = key(said);
    Row known = rows.get(key);
    boolean ordered = !world.broken().is(Broken.Step.NO_GENERATIONS);
    if (ordered && known != null && known.said.generation() > said.generation()) {
      return;
    }
    boolean moved = known == null || known.said.state() != said.state();
    rows.put(key, new Row(said, known != null && known.current));
    String model = model(said);
    long highest = 0;
    for (Map.Entry<String, Row> row : rows.entrySet()) {
      if (row.getKey().startsWith(model)) {
        highest = Math.max(highest, row.getValue().said.generation());
      }
    }
    if (!ordered || highest <= said.generation()) {
      for (Map.Entry<String, Row> row : rows.entrySet()) {
        if (row.getKey().startsWith(model)) {
          row.getValue().current =
              row.getValue().said.commit().value().equals(said.currentCommit());
        }
      }
    }
    if (moved) {
      audit.add("version." + said.state() + " " + key + " " + said.generation());
    }
  }

  private static String key(ModelVerified said) {
    return model(said) + said.commit();
  }

  private static String model(ModelVerified said) {
    return said.location() + "/" + said.model() + "/";
  }

  /** The commits that are present, {@code *} at the current one. */
  public Set<String> present(String location, String model) {
    Set<String> present = new TreeSet<>();
    rows.forEach(
        (key, row) -> {
          if (key.startsWith(location + "/" + model + "/")
              && row.said.state() != VersionState.REMOVED) {
            present.add(row.said.commit() + (row.current ? "*" : ""));
          }
        });
    return present;
  }

  /** What is wrong with the order of what was written down; empty if nothing is. */
  public Optional<String> disorder() {
    Map<String, Long> highest = new HashMap<>();
    for (String line : audit) {
      String[] words = line.split(" ");
      long generation = Long.parseLong(words[2]);
      Long before = highest.put(words[1], generation);
      if (before != null && before > generation) {
        return Optional.of("after generation " + before + " the audit has " + line);
      }
    }
    return Optional.empty();
  }
}
