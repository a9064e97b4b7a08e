package io.modeldepot.downloader.engine;

import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.kit.state.StateTopics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@code model-placed} says. Safe for threads. */
@ApplicationScoped
public class Placements {
  private final StateTable<ModelPlaced> table = StateTable.byGeneration(ModelPlaced::generation);
  private volatile @Nullable StateTopicReader<ModelPlaced> reader;
  private volatile Consumer<ModelName> follower = model -> {};

  /** Reads with the others; the follower is told of every record, on the reader's thread. */
  void join(StateTopics topics, Consumer<ModelName> told) {
    follower = told;
    reader = topics.read(Topics.MODEL_PLACED, ModelPlaced.class, this::heard);
  }

  /** Whether everything was read that was there at the start; before that nobody decides. */
  boolean isComplete() {
    StateTopicReader<?> open = reader;
    return open != null && open.isCaughtUp();
  }

  Optional<ModelPlaced> find(ModelName model) {
    return table.get(model.value());
  }

  List<ModelName> models() {
    return table.all().values().stream().map(ModelPlaced::model).toList();
  }

  private void heard(StateRecord<ModelPlaced> what) {
    table.heard(what);
    if (what.key().matches(ModelName.PATTERN)) {
      follower.accept(ModelName.of(what.key()));
    }
  }
}
