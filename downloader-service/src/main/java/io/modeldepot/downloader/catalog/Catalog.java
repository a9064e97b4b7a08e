package io.modeldepot.downloader.catalog;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.state.Following;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateSource;
import io.modeldepot.kit.state.StateTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The catalog, as {@code model-described} tells it. Safe for threads. */
@ApplicationScoped
public class Catalog {
  private final StateTable<ModelDescribed> table =
      StateTable.byGeneration(ModelDescribed::generation);
  private final List<Consumer<ModelName>> followers = new CopyOnWriteArrayList<>();
  private volatile @Nullable Following reader;

  /** Reads with the others. */
  public void join(StateSource topics) {
    reader = topics.read(Topics.MODEL_DESCRIBED, ModelDescribed.class, this::heard);
  }

  /** Whether everything was read that was there at the start; before that nobody decides. */
  public boolean isComplete() {
    Following open = reader;
    return open != null && open.isCaughtUp();
  }

  /** The entry of a model. */
  public Optional<ModelDescribed> find(ModelName model) {
    return table.get(model.value());
  }

  /** The entry of a repository; of several the first by name. */
  public Optional<ModelDescribed> find(RepositoryId repository) {
    return table.all().values().stream()
        .filter(entry -> entry.repository().filter(repository::equals).isPresent())
        .min(Comparator.comparing(ModelDescribed::model));
  }

  /** Every entry. */
  public Collection<ModelDescribed> entries() {
    return table.all().values();
  }

  /** Is told of every record, on the reader's thread; must be short. */
  public void follow(Consumer<ModelName> follower) {
    followers.add(follower);
  }

  private void heard(StateRecord<ModelDescribed> what) {
    table.heard(what);
    if (what.key().matches(ModelName.PATTERN)) {
      ModelName model = ModelName.of(what.key());
      followers.forEach(follower -> follower.accept(model));
    }
  }
}
