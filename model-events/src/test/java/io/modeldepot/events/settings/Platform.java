package io.modeldepot.events.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is Quarkus' and Kafka's own to set, as far as an operator of the depot meets it. Its meaning
 * stands here, as no source of ours declares it; its standard comes from each service's file.
 */
final class Platform {
  static final String DATABASE_USER = "quarkus.datasource.username";
  private static final String DATABASE_PASSWORD = "quarkus.datasource.password";

  private static final Map<String, Said> SAID = new LinkedHashMap<>();

  private record Said(String values, String sentence) {}

  static {
    say("quarkus.http.host", "address", "Where the door listens; `0.0.0.0` is everywhere.");
    say("quarkus.http.port", "number", "The door's port.");
    say("quarkus.http.limits.max-body-size", "size", "The largest request.");
    say(
        "quarkus.shutdown.delay",
        "time",
        "How long it says that it is not ready, once it is told to end, before it takes no more"
            + " requests.");
    say(
        "quarkus.shutdown.timeout",
        "time",
        "How long what is under way may take once the process is told to end.");
    say("quarkus.datasource.jdbc.url", "address", "The database; this service alone opens it.");
    say(DATABASE_USER, "text", "The database's user, who owns the tables.");
    say(DATABASE_PASSWORD, "text", "The user's password.");
    say("quarkus.datasource.jdbc.min-size", "number", "Connections that are kept.");
    say("quarkus.datasource.jdbc.max-size", "number", "Connections at most.");
    say(
        "quarkus.datasource.jdbc.acquisition-timeout",
        "time",
        "How long a request waits for a connection.");
  }

  private Platform() {}

  private static void say(String name, String values, String sentence) {
    SAID.put(name, new Said(values, sentence));
  }

  /** The settings of Quarkus that a service's file gives a standard, and the password beside. */
  static Group of(List<PropertiesFile.Line> file) {
    Map<String, String> standards =
        file.stream()
            .collect(
                Collectors.toMap(
                    PropertiesFile.Line::key, PropertiesFile.Line::value, (a, b) -> a));
    List<Setting> settings = new ArrayList<>();
    SAID.forEach(
        (name, said) -> {
          boolean there =
              name.equals(DATABASE_PASSWORD)
                  ? standards.containsKey(DATABASE_USER)
                  : standards.containsKey(name);
          if (there) {
            settings.add(
                Setting.of(
                    name,
                    said.values(),
                    Optional.ofNullable(standards.get(name)),
                    said.sentence()));
          }
        });
    return new Group("quarkus", "The process, by Quarkus' names.", settings);
  }

  /** What Kafka's client takes under its own names, as far as the environment can say it. */
  static Group kafka(List<String> names) {
    return new Group(
        "kafka",
        "The connection to the broker, by the names of Kafka's client; in a file every other name of its works too.",
        names.stream()
            .map(
                name ->
                    Setting.of(
                        "kafka." + name,
                        name.endsWith(".location") ? Setting.PATH : "text",
                        Optional.empty(),
                        "Kafka's own `%s`.".formatted(name)))
            .toList());
  }
}
