package io.modeldepot.mirror.elsewhere;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateTopics;
import io.modeldepot.mirror.shelf.Shelf;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What other locations of this site have. Safe for threads; never waits for the broker. */
@ApplicationScoped
public class Elsewhere {
  private final Instance<KafkaConnection> connection;
  private final Shelf shelf;
  private final Copies copies;
  private final boolean reads;
  private volatile @Nullable StateTopics topics;

  @Inject
  Elsewhere(
      Instance<KafkaConnection> connection,
      Shelf shelf,
      ElsewhereSettings settings,
      @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> brokers) {
    this.connection = connection;
    this.shelf = shelf;
    this.copies = new Copies(settings.silence(), Clock.systemUTC());
    this.reads = settings.use() && brokers.filter(it -> !it.isBlank()).isPresent();
  }

  void start(@Observes StartupEvent event) {
    if (reads) {
      StateTopics both = new StateTopics(connection.get());
      both.read(Topics.MODEL_VERIFIED, ModelVerified.class, copies::verified);
      both.read(Topics.STORAGE_REPORTED, StorageReported.class, copies::reported);
      topics = both.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    StateTopics open = topics;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Whether everything was heard that was said before this mirror started. Until then a version
   * that is not found may be somewhere all the same.
   */
  public boolean isComplete() {
    StateTopics open = topics;
    return !reads || open != null && open.areCaughtUp();
  }

  /**
   * Where a version is that is not here.
   *
   * @param id of a repository, or a model's name
   * @param revision branch, tag or commit
   * @param path of a file; empty if none is meant
   * @return empty if no living location has it, or if it stands behind a gate
   * @throws io.modeldepot.mirror.shelf.ShelfUnavailable if the volume cannot be read, which says
   *     what location this is
   */
  public Optional<Copy> find(String id, String revision, String path) {
    return reads ? copies.find(shelf.location(), id, revision, path) : Optional.empty();
  }
}
