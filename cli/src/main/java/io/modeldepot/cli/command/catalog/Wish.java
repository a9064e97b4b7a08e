package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Edits of catalog entries: one merge patch per named model, one line per outcome. */
final class Wish {
  private static final String FULL_COMMIT = "[0-9a-f]{40}";

  private Wish() {}

  /**
   * @param command what is typed before the names
   * @param patch what a model's entry shall become
   * @param said what became true, from the entry
   */
  static ExitCode forEach(
      Session session,
      String command,
      List<Named> models,
      Function<Named, ObjectNode> patch,
      BiFunction<Session, JsonNode, String> said) {
    List<ExitCode> outcomes = new ArrayList<>();
    for (Named wanted : models) {
      String model = wanted.model();
      try {
        JsonNode entry = session.registry().wish(model, patch.apply(wanted));
        if (session.form().machine()) {
          session.paper().machine(entry);
        } else {
          session
              .paper()
              .data(session.paper().style().safe(model) + " " + said.apply(session, entry));
        }
        outcomes.add(ExitCode.OK);
      } catch (Failure e) {
        FailureText.print(session.meant(e, model, command), session.paper(), session.program());
        outcomes.add(e.exit());
      }
    }
    return ExitCode.ofAll(outcomes);
  }

  /**
   * The models that were named, none with a version.
   *
   * @throws Failure before anything is changed
   */
  static List<Named> alone(Session session, @Nullable List<String> names, String command) {
    return session.named(names, "model").stream().map(n -> Named.alone(n, command)).toList();
  }

  static ObjectNode active(boolean wanted) {
    return Json.object().put("active", wanted);
  }

  /**
   * The full commit that a version's beginning means; a full one is taken as it is, whether it is
   * here or not.
   */
  static String commit(Session session, String model, String version) {
    if (version.matches(FULL_COMMIT)) {
      return version;
    }
    String path = "/models/" + Registry.segment(model) + "/versions/" + Registry.segment(version);
    return session.registry().get(model + "@" + version, path).path("commit").asText();
  }
}
