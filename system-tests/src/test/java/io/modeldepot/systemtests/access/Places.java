package io.modeldepot.systemtests.access;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.testkit.broker.SecuredBroker;
import io.modeldepot.testkit.database.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Everything that a depot shows, as text, by the place where it is shown: where a secret may never
 * be. Bytes are read as Latin-1, so that no file is too strange to be searched.
 */
final class Places {
  private final Map<String, StringBuilder> places = new LinkedHashMap<>();

  /** Adds to a place. */
  void add(String place, String text) {
    places.computeIfAbsent(place, it -> new StringBuilder()).append(text).append('\n');
  }

  /** Where this stands. */
  List<String> with(String text) {
    return places.entrySet().stream()
        .filter(place -> place.getValue().indexOf(text) >= 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The command line of every process below this one: services, broker, database. */
  void addProcesses() {
    ProcessHandle.current()
        .descendants()
        .forEach(
            process -> {
              try {
                Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
                add("command lines", Files.readString(line, StandardCharsets.ISO_8859_1));
              } catch (IOException e) {
                // It has ended since.
              }
            });
  }

  /** Every record of every topic: key, headers, payload. */
  void addTopics(Depot depot) {
    for (TopicSpec topic : Topics.ALL) {
      for (ConsumerRecord<String, byte[]> record :
          depot.topics(SecuredBroker.ADMIN).all(topic.name())) {
        StringBuilder text = new StringBuilder(String.valueOf(record.key()));
        for (Header header : record.headers()) {
          text.append(' ').append(header.key()).append('=').append(text(header.value()));
        }
        add("topics", text + " " + text(record.value()));
      }
    }
  }

  /** Every file below a directory, and its name. */
  void addFiles(String place, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        add(place, file + " " + text(Files.readAllBytes(file)));
      }
    }
  }

  /** Every row of every table. */
  void addDatabase(TestDatabase.Login login) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(login.jdbcUrl(), login.username(), login.password());
        Statement statement = connection.createStatement()) {
      for (String table :
          column(
              statement,
              "select table_name from information_schema.tables where table_schema = 'public'")) {
        column(statement, "select t::text from \"" + table + "\" t")
            .forEach(row -> add("database", row));
      }
      column(statement, "select encode(payload, 'escape') from outbox where payload is not null")
          .forEach(payload -> add("database", payload));
    }
  }

  /** What an address answers, whatever the status: headers and body. */
  void addAnswer(String place, HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    add(place, answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
  }

  /** What anybody may ask a service about itself. */
  void addSelf(HttpClient client, URI service, String token)
      throws IOException, InterruptedException {
    for (String path : List.of("/q/metrics", "/q/health", "/q/openapi")) {
      addAnswer(
          "metrics and health",
          client,
          HttpRequest.newBuilder(service.resolve(path)).header("Authorization", "Bearer " + token));
    }
  }

  private static List<String> column(Statement statement, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        values.add(found.getString(1));
      }
    }
    return values;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
