package io.modeldepot.systemtests.console;

import com.fasterxml.jackson.databind.node.TextNode;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Rot;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The depot that the console is looked at with, and what happens to it behind the console's back.
 */
final class ConsoleDepot implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String KEY = "notify-key";

  private final DemoHub hub = DemoHub.launch();
  private final Depot depot =
      Depot.startWhole(
          hub.url(),
          Map.of(
              "DEPOT_NOTIFY_HOSTS",
              "127.0.0.1",
              "DEPOT_NOTIFY_FILES_DIR",
              keys().toString(),
              "DEPOT_NOTIFY_SECRET_FILE",
              KEY));
  private final RegistryClient registry = depot.registry();

  ConsoleDepot() {
    hub.awaitReady();
  }

  private static Path keys() {
    try {
      Path folder = Repository.newDataFolder("keys");
      Files.writeString(folder.resolve(KEY), "a key of the story, more than 24 bytes long");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return depot.registryProcess().url();
  }

  RegistryClient registry() {
    return registry;
  }

  /** Asks for a download, waits for its end, and gives its id. */
  String downloaded(Map<String, ?> request) {
    String id = registry.download(request);
    registry.ended(id, SOON);
    return id;
  }

  void displayName(String model, String name) {
    registry.patchModel(model, "{\"displayName\":" + TextNode.valueOf(name) + "}");
  }

  /** Puts something on a topic that is no command. */
  void publishNonsense(String topic) {
    depot.writer().publish(topic, Map.of("model", "phi-2", "action", "fly"));
  }

  /** Flips a bit of the model's weights, and has the janitor find it. */
  void spoil(String model) {
    Rot.flip(weights(model));
    integrity("verify", model);
  }

  /** Has the janitor bring back what is damaged. */
  void repair(String model) {
    integrity("repair", model);
  }

  private void integrity(String action, String model) {
    Map<String, String> asked = Map.of("scope", "integrity", "action", action, "model", model);
    String id = registry.post("/integrity", asked).body().path("id").asText();
    Wait.until(
        action + " has ended",
        SOON,
        () -> registry.get("/integrity/" + id).body().path("final").asBoolean(),
        depot::logs);
  }

  /** Where the current version of a model lies. */
  Path tree(String model) {
    return depot
        .models()
        .resolve(registry.get("/models/" + model).body().at("/current/path").asText());
  }

  private Path weights(String model) {
    try (Stream<Path> files = Files.walk(tree(model))) {
      return files
          .filter(it -> it.toString().endsWith(".safetensors"))
          .sorted()
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command as an operator types it; its output if it succeeds. */
  String command(String arguments) {
    return depot.shell().depot(arguments).ok();
  }

  /** Asks for so many users of a model at 2,048 tokens, and not fewer. */
  void wanted(String model, int users) {
    registry.patchModel(
        model,
        "{\"placement\":{\"users\":%1$d,\"minUsers\":%1$d,\"contextTokens\":2048}}"
            .formatted(users));
  }

  /** Makes a backup while the place for it is away; gives its id once it has failed. */
  String failedBackup() {
    Path away = depot.backups().resolveSibling("backups-away");
    try {
      Files.move(depot.backups(), away);
      String id = registry.post("/backups", Map.of()).body().path("id").asText();
      Wait.until(
          "the backup has failed",
          SOON,
          () -> registry.get("/backups/" + id).body().path("state").asText().equals("failed"),
          depot::logs);
      Files.move(away, away.resolveSibling("backups"));
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stopBroker() {
    depot.broker().stop();
  }

  @Override
  public void close() {
    depot.close();
    hub.close();
  }
}
