package io.modeldepot.systemtests.upgrade;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.TestDatabase;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.released.Inserting;
import io.modeldepot.testkit.released.ReleasedDepot;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;

/** Puts down what a former depot had in its database and on its topics. */
final class FormerDepot {
  private FormerDepot() {}

  /** The schema of its time, and its rows. */
  static void putInto(TestDatabase database) throws SQLException {
    TestDatabase.Login login = database.login();
    Flyway.configure()
        .dataSource(login.jdbcUrl(), login.username(), login.password())
        .locations(
            "filesystem:"
                + Repository.root().resolve("registry-service/src/main/resources/db/migration"))
        .placeholders(Map.of("service-role", "none"))
        .target(ReleasedDepot.SCHEMA)
        .load()
        .migrate();
    try (Connection connection =
        DriverManager.getConnection(login.jdbcUrl(), login.username(), login.password())) {
      Inserting inserting = new Inserting(connection);
      for (ReleasedDepot.Row row : ReleasedDepot.rows()) {
        inserting.insert(row);
      }
      inserting.goOn();
    }
  }

  /** Its records, with their keys and headers. */
  static void putOnto(TestBroker broker) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(topics()).all().get();
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (ReleasedDepot.Said said : ReleasedDepot.records()) {
        ProducerRecord<String, byte[]> record =
            new ProducerRecord<>(
                said.topic(),
                said.key().orElse(null),
                said.value().isNull() ? null : Wire.write(said.value()));
        said.headers()
            .forEach(
                (name, value) ->
                    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
      }
    }
  }

  /** The topics that its records were on; their settings have not changed since. */
  private static List<NewTopic> topics() {
    return ReleasedDepot.records().stream()
        .map(ReleasedDepot.Said::topic)
        .distinct()
        .map(name -> Topics.named(name).orElseThrow())
        .map(
            topic ->
                new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings()))
        .toList();
  }
}
