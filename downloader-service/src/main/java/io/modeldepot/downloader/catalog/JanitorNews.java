package io.modeldepot.downloader.catalog;

import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTopicReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Of which models the janitor of this location says that it changed what is on the volume: the
 * names under {@code models} or {@code restored} in the result of a job that ended. What ended
 * before this process began is no news, for it announces everything at its start.
 */
@ApplicationScoped
public class JanitorNews {
  private final KafkaConnection connection;
  private final VolumeKeeper volume;
  private final List<Consumer<ModelName>> followers = new CopyOnWriteArrayList<>();
  private volatile @Nullable StateTopicReader<MaintenanceProgressed> reader;

  @Inject
  JanitorNews(KafkaConnection connection, VolumeKeeper volume) {
    this.connection = connection;
    this.volume = volume;
  }

  /** Begins to read. */
  public void open() {
    reader =
        StateTopicReader.start(
            connection, Topics.MAINTENANCE_PROGRESSED, MaintenanceProgressed.class, this::heard);
  }

  /** Ends reading. */
  public void close() {
    StateTopicReader<?> open = reader;
    if (open != null) {
      open.close();
    }
  }

  /** Is told of every such model, on the reader's thread; must be short. */
  public void follow(Consumer<ModelName> follower) {
    followers.add(follower);
  }

  private void heard(StateRecord<MaintenanceProgressed> what) {
    StateTopicReader<?> open = reader;
    if (open != null && open.isCaughtUp()) {
      what.value()
          .filter(it -> it.location().equals(volume.location()))
          .filter(it -> ended(it.state()))
          .ifPresent(this::tell);
    }
  }

  private void tell(MaintenanceProgressed said) {
    list(said.result().get("models")).forEach(this::tell);
    for (Object restored : list(said.result().get("restored"))) {
      if (restored instanceof Map<?, ?> one) {
        tell(one.get("model"));
      }
    }
  }

  private void tell(@Nullable Object model) {
    if (model instanceof String name && name.matches(ModelName.PATTERN)) {
      followers.forEach(follower -> follower.accept(ModelName.of(name)));
    }
  }

  /** What is no list names nobody: some results count their models. */
  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static boolean ended(MaintenanceState state) {
    return state == MaintenanceState.DONE || state == MaintenanceState.FAILED;
  }
}
