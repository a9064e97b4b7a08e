package io.modeldepot.janitor.restore;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.store.keep.VolumeKeeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The highest generation that {@code model-verified} shows of every model at this location. */
@ApplicationScoped
public class ShownGenerations {
  private final KafkaConnection connection;
  private final VolumeKeeper volume;
  private final Map<ModelName, Long> highest = new ConcurrentHashMap<>();
  private volatile @Nullable StateTopicReader<ModelVerified> reader;

  @Inject
  ShownGenerations(KafkaConnection connection, VolumeKeeper volume) {
    this.connection = connection;
    this.volume = volume;
  }

  void start(@Observes StartupEvent started) {
    reader =
        StateTopicReader.start(connection, Topics.MODEL_VERIFIED, ModelVerified.class, this::heard);
  }

  void stop(@Observes ShutdownEvent stopped) {
    StateTopicReader<?> open = reader;
    if (open != null) {
      open.close();
    }
  }

  /** Waits until everything was read that was announced before this process began. */
  void awaitAll() throws InterruptedException {
    StateTopicReader<?> open = reader;
    if (open == null) {
      throw new IllegalStateException("Not started.");
    }
    try {
      var unused = open.caughtUp().get();
    } catch (ExecutionException e) {
      throw new InterruptedException("This process ends.");
    }
  }

  /** Of a model; 0 if nothing was announced. */
  long of(ModelName model) {
    return highest.getOrDefault(model, 0L);
  }

  private void heard(StateRecord<ModelVerified> record) {
    record
        .value()
        .filter(it -> it.location().equals(volume.location()))
        .ifPresent(it -> highest.merge(it.model(), it.generation(), Math::max));
  }
}
