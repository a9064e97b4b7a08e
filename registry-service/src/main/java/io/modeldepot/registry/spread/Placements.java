package io.modeldepot.registry.spread;

import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.kit.state.StateTopicReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** At which locations models are placed on GPUs, as {@code model-placed} says. Safe for threads. */
@ApplicationScoped
class Placements {
  private final KafkaConnection broker;
  private final StateTable<ModelPlaced> table = StateTable.byGeneration(ModelPlaced::generation);
  private volatile @Nullable StateTopicReader<ModelPlaced> reader;

  Placements(KafkaConnection broker) {
    this.broker = broker;
  }

  void start(@Observes StartupEvent started) {
    reader = StateTopicReader.start(broker, Topics.MODEL_PLACED, ModelPlaced.class, table::heard);
  }

  void stop(@Observes ShutdownEvent stopped) {
    StateTopicReader<?> open = reader;
    if (open != null) {
      open.close();
    }
  }

  /** Whether everything was read that was there at the start. */
  boolean areKnown() {
    StateTopicReader<?> open = reader;
    return open != null && open.isCaughtUp();
  }

  /** The locations of the GPUs that a model is placed on. */
  Set<String> of(String model) {
    return table.get(model).stream()
        .flatMap(placed -> placed.replicas().stream())
        .map(replica -> replica.location().value())
        .collect(Collectors.toSet());
  }
}
