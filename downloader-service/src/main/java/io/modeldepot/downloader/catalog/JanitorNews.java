package io.modeldepot.downloader.catalog;

import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.state.ModelChecked;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.state.Following;
import io.modeldepot.kit.state.StateSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Of which models the janitor of this location says that the volume says something else now: the
 * names under {@code models} or {@code restored} in the result of a job that ended, models of which
 * a file was found damaged, and models that were read again after one was announced as damaged.
 * What was said before this process began is no news, for it announces everything at its start.
 */
@ApplicationScoped
public class JanitorNews {
  private final VolumeKeeper volume;
  private final List<Consumer<ModelName>> followers = new CopyOnWriteArrayList<>();
  private final KnownVersions known;
  private volatile List<Following> readings = List.of();

  /** Hears nothing before it has joined. */
  @Inject
  public JanitorNews(VolumeKeeper volume, KnownVersions known) {
    this.volume = volume;
    this.known = known;
  }

  /** Reads with the others. */
  public void join(StateSource topics) {
    readings =
        List.of(
            read(topics, Topics.MAINTENANCE_PROGRESSED, MaintenanceProgressed.class, this::ended),
            read(topics, Topics.MODEL_CORRUPTED, ModelCorrupted.class, this::corrupted),
            read(topics, Topics.MODEL_CHECKED, ModelChecked.class, this::checked));
  }

  /** Is told of every such model, on the reader's thread; must be short. */
  public void follow(Consumer<ModelName> follower) {
    followers.add(follower);
  }

  /**
   * Whether everything said before this process began was heard. Whoever announces the location
   * waits for it: what the janitor does after such an announcement, and says before this, would be
   * told to nobody.
   */
  public boolean isComplete() {
    return !readings.isEmpty() && readings.stream().allMatch(Following::isCaughtUp);
  }

  /** A fact is read as a state is: by every instance, from the beginning. */
  private static <T> Following read(
      StateSource topics, TopicSpec topic, Class<T> payload, Consumer<T> news) {
    AtomicReference<@Nullable Following> self = new AtomicReference<>();
    Following reading =
        topics.read(
            topic,
            payload,
            what -> {
              Following open = self.get();
              if (open != null && open.isCaughtUp()) {
                what.value().ifPresent(news);
              }
            });
    self.set(reading);
    return reading;
  }

  private void corrupted(ModelCorrupted said) {
    if (said.location().equals(volume.location())) {
      tell(said.model().value());
    }
  }

  /** Most versions that are read again are what they were. */
  private void checked(ModelChecked said) {
    if (said.location().equals(volume.location())
        && known.of(said.model()).stream()
            .filter(version -> version.commit().equals(said.commit()))
            .anyMatch(version -> version.state() == VersionState.DAMAGED)) {
      tell(said.model().value());
    }
  }

  private void ended(MaintenanceProgressed said) {
    if (said.location().equals(volume.location()) && isEnded(said.state())) {
      tell(said);
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

  private static boolean isEnded(MaintenanceState state) {
    return state == MaintenanceState.DONE || state == MaintenanceState.FAILED;
  }
}
