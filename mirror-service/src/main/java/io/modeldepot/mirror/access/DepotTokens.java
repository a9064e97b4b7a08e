package io.modeldepot.mirror.access;

import io.modeldepot.events.state.AccessChanged;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.access.AccessTable;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateTopicReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Hears which tokens the depot has, where there is a broker. */
@ApplicationScoped
class DepotTokens {
  private final Instance<KafkaConnection> connection;
  private final AccessTable table;
  private final boolean hears;
  private @Nullable StateTopicReader<AccessChanged> reader;

  DepotTokens(
      Instance<KafkaConnection> connection,
      AccessTable table,
      @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> brokers) {
    this.connection = connection;
    this.table = table;
    this.hears = brokers.filter(it -> !it.isBlank()).isPresent();
  }

  void start(@Observes StartupEvent event) {
    if (hears) {
      reader =
          StateTopicReader.start(
              connection.get(), Topics.ACCESS_CHANGED, AccessChanged.class, table);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (reader != null) {
      reader.close();
    }
  }
}
