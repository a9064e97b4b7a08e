package io.modeldepot.cli.command.update;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.desired.StateDifference;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: what changes from one version of a model to another, in words. */
@Command(
    name = "diff",
    description = {
      "Says what changes from one version of a model to another; fetches nothing.",
      "With -f: what a models.yaml would change; changes nothing.",
      "Exit 0 when nothing does, 1 when something does, 2 and more when it cannot be told.",
      "A version is current, upstream, a commit, its beginning, or a revision.",
      "",
      "Examples:",
      "  diff mistral-7b                               the current version and its branch upstream",
      "  diff mistral-7b@26bca36 mistral-7b@upstream",
      "  diff mistral-7b@26bca36 mistral-7b --raw      the text files line by line",
      "  diff -f models.yaml                           what  apply -f models.yaml  would do",
      ""
    })
public final class Diff implements Work {
  private static final String CURRENT = "current";
  private static final String UPSTREAM = "upstream";

  @Parameters(
      paramLabel = "NAME[@VERSION]",
      arity = "0..2",
      description = "one model, and the versions; of one version it is compared with the current")
  @Nullable List<String> versions;

  @Option(names = "--raw", description = "a unified diff of the text files, JSON by path")
  boolean raw;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "a models.yaml; - reads it from stdin")
  @Nullable String file;

  @Option(names = "--prune", description = "with -f: what the file does not say is to go")
  boolean prune;

  @Override
  public ExitCode run(Session session) {
    if (file != null) {
      if (versions != null || raw) {
        throw Failure.usage("either a file is compared, or versions of a model");
      }
      return new StateDifference(session, file, prune).question();
    }
    if (prune) {
      throw Failure.usage("--prune belongs to a file").tryThis(Try.command("diff -f FILE --prune"));
    }
    List<Named> named =
        session.named(versions, "model").stream().map(text -> Named.of(text, "diff")).toList();
    String model = named.getFirst().model();
    if (!named.getLast().model().equals(model)) {
      throw Failure.usage("versions of two models are not compared")
          .tryThis(Try.command("diff %s@VERSION %s@VERSION".formatted(model, model)));
    }
    boolean alone = named.size() == 1;
    String from = alone ? CURRENT : version(named.getFirst(), CURRENT);
    String to = version(named.getLast(), alone ? UPSTREAM : CURRENT);
    if (from.equals(UPSTREAM) || to.equals(UPSTREAM)) {
      Upstream upstream = new Upstream(session);
      upstream.await(upstream.ask(upstream.entry(model)));
    }
    JsonNode said = compare(session, model, from, to, raw);
    if (!session.form().forPeople()) {
      session.paper().machine(said);
    } else if (raw) {
      said.path("raw").forEach(line -> session.paper().data(safe(session, line.asText())));
    } else {
      ComparisonText.lines(said, session.paper().style()).forEach(session.paper()::data);
    }
    return said.path("same").asBoolean() ? ExitCode.OK : ExitCode.NO;
  }

  /** What the registry says of two versions. */
  static JsonNode compare(Session session, String model, String from, String to, boolean raw) {
    return session
        .registry()
        .get(
            model,
            "/models/%s/compare?%s&%s%s"
                .formatted(
                    Registry.segment(model),
                    Registry.query("from", from),
                    Registry.query("to", to),
                    raw ? "&raw=true" : ""));
  }

  private static String version(Named named, String other) {
    return named.version().isEmpty() ? other : named.version();
  }

  private static String safe(Session session, String line) {
    return session.paper().style().safe(line);
  }
}
