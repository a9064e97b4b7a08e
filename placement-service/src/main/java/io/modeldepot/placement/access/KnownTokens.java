package io.modeldepot.placement.access;

import io.modeldepot.events.state.AccessChanged;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.access.AccessTable;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateTopicReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Hears which tokens there are. */
@ApplicationScoped
class KnownTokens {
  private final KafkaConnection connection;
  private final AccessTable table;
  private @Nullable StateTopicReader<AccessChanged> reader;

  KnownTokens(KafkaConnection connection, AccessTable table) {
    this.connection = connection;
    this.table = table;
  }

  void start(@Observes StartupEvent started) {
    reader = StateTopicReader.start(connection, Topics.ACCESS_CHANGED, AccessChanged.class, table);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (reader != null) {
      reader.close();
    }
  }
}
