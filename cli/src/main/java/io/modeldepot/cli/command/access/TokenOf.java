package io.modeldepot.cli.command.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Amounts;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Times;
import io.modeldepot.cli.settings.Credentials;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token}: who may do what. */
@Command(
    name = "token",
    description = {
      "Tokens: who may look (viewer), run the depot (operator), say who may (admin).",
      "A token is shown once, when it is made. Its id stands in the audit trail.",
      "",
      "Examples:",
      "  token show                                       what my own token allows",
      "  token create --role operator --name ci --expires 90d",
      "  token create --role operator --name llama-team --family llama",
      "  token create --role viewer --name grafana -q > grafana.token",
      "  token claim --role admin --name phone            a link that signs in once, in ten minutes",
      "  token list",
      "  token revoke k3v5x2m7qa                          now, with the sessions begun with it",
      ""
    })
public final class TokenOf implements Work {
  private static final int MOST = 10_000;
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("ID"),
          Column.text("NAME"),
          Column.text("KIND"),
          Column.text("ROLE"),
          Column.text("FAMILIES"),
          Column.text("BY"),
          Column.text("AGE").exactly("CREATED"),
          Column.text("STATE"));

  @Parameters(
      index = "0",
      paramLabel = "show|list|create|claim|revoke",
      arity = "0..1",
      defaultValue = "show",
      description = "what to do; without it: show")
  String what = "show";

  @Parameters(index = "1", paramLabel = "ID", arity = "0..1", description = "revoke: which")
  @Nullable String id;

  @Option(names = "--role", paramLabel = "ROLE", description = "viewer, operator or admin")
  @Nullable String role;

  @Option(names = "--name", paramLabel = "TEXT", description = "what it is for")
  @Nullable String name;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      split = ",",
      description = "may change models of these alone, by commas; default: all")
  @Nullable List<String> families;

  @Option(names = "--expires", paramLabel = "SPAN", description = "as 90d; default: never")
  @Nullable String expires;

  @Override
  public ExitCode run(Session session) {
    return switch (what) {
      case "show" -> show(session);
      case "list" -> list(session);
      case "create" -> create(session);
      case "claim" -> claim(session);
      case "revoke" -> revoke(session);
      default ->
          throw Failure.usage("token: there is no \"" + what + "\"")
              .tryThis(Try.command("token --help"));
    };
  }

  private static ExitCode show(Session session) {
    JsonNode who = session.registry().get("token", "/session");
    if (session.form().machine()) {
      session.paper().machine(who);
      return ExitCode.OK;
    }
    if (!who.has("role")) {
      session.paper().data("not signed in");
      return ExitCode.OK;
    }
    session
        .paper()
        .data(
            "%s, %s%s"
                .formatted(
                    session.paper().style().safe(who.path("actor").asText()),
                    who.path("role").asText(),
                    who.path("families").isEmpty()
                        ? ""
                        : ", changes models of " + families(who) + " alone"));
    return ExitCode.OK;
  }

  private static ExitCode list(Session session) {
    ArrayNode tokens = session.registry().items("tokens", "/tokens", MOST);
    List<Row> rows = new ArrayList<>();
    for (JsonNode token : tokens) {
      String age = Times.age(token.path("createdAt"), session.clock().instant());
      rows.add(
          Row.of(token.path("id").asText(), cells(session, token, age))
              .exactly(cells(session, token, token.path("createdAt").asText())));
    }
    session.paper().print(new Listing(COLUMNS, rows, tokens, ""));
    return ExitCode.OK;
  }

  private static String[] cells(Session session, JsonNode token, String created) {
    return new String[] {
      token.path("id").asText(),
      token.path("name").asText(),
      token.path("kind").asText(),
      token.path("role").asText(),
      token.path("families").isEmpty() ? "all" : families(token),
      token.path("createdBy").asText(),
      created,
      state(session, token)
    };
  }

  private ExitCode create(Session session) {
    JsonNode made = session.registry().send("token", Call.post("/tokens", asked())).body();
    if (session.form().machine()) {
      session.paper().machine(made);
      return ExitCode.OK;
    }
    session.paper().data(made.path("token").asText());
    session
        .paper()
        .talk(
            "This is shown once. Keep it in %s (mode 0600) of whoever uses it, or name its file in DEPOT_TOKEN_FILE."
                .formatted(Credentials.ownFile(session.environment())));
    return ExitCode.OK;
  }

  private ExitCode claim(Session session) {
    JsonNode made = session.registry().send("token", Call.post("/tokens/claims", asked())).body();
    if (session.form().machine()) {
      session.paper().machine(made);
      return ExitCode.OK;
    }
    String base = session.registry().address().value().replaceFirst("/+$", "");
    session.paper().data(base + "/#claim=" + made.path("token").asText());
    session.paper().talk("It signs in once, within ten minutes.");
    return ExitCode.OK;
  }

  private ExitCode revoke(Session session) {
    if (id == null) {
      throw Failure.usage("token revoke: which one?").tryThis(Try.command("token list"));
    }
    JsonNode unused =
        session.registry().send(id, Call.delete("/tokens/" + Registry.segment(id))).body();
    session.paper().talk(session.paper().style().safe(id) + " is revoked.");
    return ExitCode.OK;
  }

  private ObjectNode asked() {
    if (role == null || name == null) {
      throw Failure.usage("token %s: --role and --name are missing".formatted(what))
          .tryThis(Try.command("token " + what + " --role operator --name ci"));
    }
    ObjectNode body = Json.object().put("name", name).put("role", role);
    if (families != null) {
      ArrayNode names = body.putArray("families");
      families.stream().map(String::strip).forEach(names::add);
    }
    if (expires != null) {
      body.put("expiresSeconds", Amounts.span(expires, "--expires").toSeconds());
    }
    return body;
  }

  private static String families(JsonNode of) {
    List<String> names = new ArrayList<>();
    of.path("families").forEach(family -> names.add(family.asText()));
    return String.join(", ", names);
  }

  private static String state(Session session, JsonNode token) {
    if (token.has("revokedAt")) {
      return "revoked";
    }
    return Times.of(token.path("expiresAt"))
        .map(
            end ->
                end.isAfter(session.clock().instant())
                    ? "until " + token.path("expiresAt").asText()
                    : "expired")
        .orElse("good");
  }
}
