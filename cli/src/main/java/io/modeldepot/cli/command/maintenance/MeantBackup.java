package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.util.Optional;

/**
 * Which backup a person means: by its own id, the beginning of it, the word {@code latest}, or the
 * id of the request that made it, which is what {@code backups} shows of one that is under way.
 */
final class MeantBackup {
  private static final String OWN = "b-[0-9a-f]{0,8}|latest";
  private static final String REQUEST = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

  private MeantBackup() {}

  /**
   * The backup's own id, or what the janitor understands as well.
   *
   * @throws Failure if it is the id of a request that made no backup, or not yet
   */
  static String of(Session session, String text) {
    if (text.matches(OWN) || !text.matches(REQUEST)) {
      return text;
    }
    Optional<JsonNode> request =
        session.registry().find(text, "/backups/" + Registry.segment(text));
    if (request.isEmpty()) {
      return text;
    }
    String backup = request.get().path("backup").asText("");
    if (backup.isEmpty()) {
      throw none(text, request.get());
    }
    return backup;
  }

  private static Failure none(String id, JsonNode request) {
    String action = request.at("/asked/action").asText("backup");
    String state = request.path("state").asText();
    boolean over = request.path("final").asBoolean();
    String why = request.at("/problem/detail").asText("");
    Failure failure =
        Failure.of(
                ExitCode.NOT_FOUND,
                "unknown-backup",
                "request " + id + " made no backup" + (over ? "" : " yet"))
            .because("it is a " + action + " and " + state + (why.isEmpty() ? "" : ": " + why));
    return failure.tryThis(new Try("see what there is", "backups"));
  }
}
