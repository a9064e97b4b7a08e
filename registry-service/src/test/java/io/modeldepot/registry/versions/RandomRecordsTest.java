package io.modeldepot.registry.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.registry.hands.Given;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The registry decides in SQL which record of {@code model-verified} counts. Whatever happens to a
 * model, and in whatever order and how often it is told, it must hold what every other reader of
 * the topic holds, who decide in Java, and at the end what the volume has.
 */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
class RandomRecordsTest {
  private static final long HISTORIES = Long.getLong("depot.records.histories", 60);
  private static final VersionState[] STATES = VersionState.values();

  @Inject Versions versions;
  @Inject TakenAlready taken;
  @Inject EntityManager database;

  static Stream<Long> seeds() {
    return Stream.iterate(Long.getLong("depot.records.from", 1), seed -> seed + 1).limit(HISTORIES);
  }

  /** One state of a model on a volume, told of all its versions, as every announcement is. */
  private record Told(List<ModelVerified> records, Set<String> present) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameIsHeldAsByOtherReadersAndInTheEndWhatTheVolumeHas(long seed) {
    Random random = new Random(seed);
    String model = Given.name("random");
    List<Told> history = history(random, model);
    List<ModelVerified> records = outOfOrder(random, history);
    StateTable<ModelVerified> readers = StateTable.byGeneration(ModelVerified::generation);

    for (int i = 0; i < records.size(); i++) {
      ModelVerified said = records.get(i);
      if (random.nextInt(40) == 0) {
        taken.learn();
      }
      take(said);
      readers.heard(
          new StateRecord<>(
              Given.key(said), Optional.of(said), 0, i, Instant.EPOCH, Optional.empty()));

      assertThat(held(model)).as("seed %d, record %d", seed, i).isEqualTo(held(readers));
    }

    assertThat(present(model)).as("seed %d", seed).isEqualTo(history.getLast().present());
    assertThat(generationsInTheTrail(model)).as("seed %d", seed).isNotEmpty().isSorted();
  }

  private static List<Told> history(Random random, String model) {
    List<Told> history = new ArrayList<>();
    int generations = 1 + random.nextInt(5);
    int known = 1;
    for (int generation = 1; generation <= generations; generation++) {
      known = Math.min(4, known + random.nextInt(2));
      List<ModelVerified> records = new ArrayList<>();
      Set<String> present = new TreeSet<>();
      int current = random.nextInt(known);
      boolean none = random.nextInt(6) == 0;
      for (int version = 0; version < known; version++) {
        String commit = Given.commit((char) ('a' + version));
        VersionState state =
            version == current && !none
                ? VersionState.PRESENT
                : STATES[random.nextInt(STATES.length)];
        String currentCommit = none ? "" : Given.commit((char) ('a' + current));
        records.add(Given.verified(model, commit, generation, currentCommit, state));
        if (state != VersionState.REMOVED) {
          present.add(commit + (commit.equals(currentCommit) ? "*" : ""));
        }
      }
      history.add(new Told(records, present));
    }
    return history;
  }

  /** Each record at least once, those of a compacted topic that are old perhaps never. */
  private static List<ModelVerified> outOfOrder(Random random, List<Told> history) {
    List<ModelVerified> records = new ArrayList<>();
    for (Told told : history) {
      for (ModelVerified record : told.records()) {
        int least = told == history.getLast() ? 1 : 0;
        for (int times = least + random.nextInt(3); times > 0; times--) {
          int near = Math.max(0, records.size() - random.nextInt(8));
          records.add(random.nextBoolean() ? records.size() : near, record);
        }
      }
    }
    return records;
  }

  /** As the intake does. */
  private void take(ModelVerified said) {
    if (taken.isNews(said)) {
      boolean unused = QuarkusTransaction.requiringNew().call(() -> versions.take(said));
      taken.taken(said);
    }
  }

  private Set<String> held(String model) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                new TreeSet<>(
                    VersionRow.<VersionRow>stream("model", model)
                        .map(row -> row.commitId + " " + row.generation + " " + row.state)
                        .toList()));
  }

  private static Set<String> held(StateTable<ModelVerified> readers) {
    Set<String> held = new TreeSet<>();
    readers
        .values()
        .forEach(
            it ->
                held.add(it.commit() + " " + it.generation() + " " + VersionRow.word(it.state())));
    return held;
  }

  private Set<String> present(String model) {
    Set<String> present = new TreeSet<>();
    for (VersionView version : versions.of(ModelName.of(model))) {
      present.add(version.commit() + (version.current() ? "*" : ""));
    }
    return present;
  }

  /** Of the version that was there first. */
  private List<Long> generationsInTheTrail(String model) {
    List<?> rows =
        database
            .createNativeQuery(
                "select cast(detail ->> 'generation' as bigint) from audit where object = ?1 order by seq")
            .setParameter(1, "model/" + model + "@" + Given.commit('a'))
            .getResultList();
    return rows.stream().map(row -> ((Number) row).longValue()).toList();
  }
}
