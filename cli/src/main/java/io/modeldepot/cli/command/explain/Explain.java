package io.modeldepot.cli.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.placement.PlacementStory;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.ProblemText;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: why something is as it is. */
@Command(
    name = "explain",
    description = {
      "What a problem's code means, what leads to it, and what helps; needs nothing running.",
      "Or why a model runs where it does, or nowhere, and what would place it; what holds a GPU,",
      "and what would fit; where a download or a backup is, and why. Without a word: all codes.",
      "",
      "Examples:",
      "  explain gated",
      "  explain codellama-13b",
      "  explain gpu-host/0",
      "  explain cli-7QK3Z6M2W4ABCDEF             a download, a backup, by the id of its request",
      "  explain b-0193                           a backup by its own id",
      "  explain phi-2 --compose > phi-2.yaml     a fragment for docker compose",
      "  explain -o csv",
      ""
    })
public final class Explain implements Work {
  private static final Duration FOR_A_NAMESAKE = Duration.ofSeconds(2);

  @Parameters(
      paramLabel = "CODE|NAME|GPU|ID",
      arity = "0..1",
      description = {
        "a code, as error messages show it, a model, a GPU as HOST/ID, a download or a backup;",
        "as status names things too: model/NAME, download/ID, maintenance/ID"
      })
  @Nullable String code;

  @Option(names = "--code", description = "the problem, where a model is named like it")
  boolean onlyCode;

  @Option(
      names = "--compose",
      description = "instead: the fragment for docker compose that starts the model as decided")
  boolean compose;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "whose, for a model that is on several hosts; with --compose")
  @Nullable String host;

  @Override
  public ExitCode run(Session session) {
    if (compose || host != null) {
      if (code == null || !compose) {
        throw Failure.usage("--compose takes a model, and --host goes with --compose")
            .tryThis(Try.command("explain NAME --compose"));
      }
      new PlacementStory(session).compose(code, Optional.ofNullable(host));
      return ExitCode.OK;
    }
    if (code == null) {
      CodeStory.all(session);
      return ExitCode.OK;
    }
    Optional<ProblemCode> known =
        ProblemCode.of(code).filter(found -> found != ProblemCode.UNKNOWN);
    if (known.isPresent() && !onlyCode && isModel(session, code)) {
      ModelStory.tell(session, code);
      session
          .paper()
          .talk("A problem has this code too:  " + session.program() + " explain --code " + code);
    } else if (known.isPresent()) {
      CodeStory.one(session, ProblemText.of(known.get()));
    } else {
      thing(session, code);
    }
    return ExitCode.OK;
  }

  /** By its kind, as status names things, or by the form of its name. */
  private static void thing(Session session, String word) {
    int slash = word.indexOf('/');
    String kind = slash < 0 ? "" : word.substring(0, slash);
    String rest = word.substring(slash + 1);
    try {
      switch (kind) {
        case "model" -> ModelStory.tell(session, rest.replaceFirst("@.*", ""));
        case "download" -> DownloadStory.tell(session, DownloadStory.find(session, rest, true));
        case "backup", "maintenance" -> BackupStory.tell(session, BackupStory.find(session, rest));
        case "gpu" -> GpuStory.tell(session, rest);
        case "" -> bare(session, word);
        default -> GpuStory.tell(session, word);
      }
    } catch (Failure e) {
      if (slash < 0 && e.exit() == ExitCode.UNREACHABLE && !session.registry().answered()) {
        throw Failure.of(ExitCode.NOT_FOUND, "", "no problem has the code \"" + word + "\"")
            .because("and nothing else can be asked about: " + e.headline())
            .tryThis(new Try("show all codes", "explain"));
      }
      throw e;
    }
  }

  /** Names of models have no capitals, and requests that are made here have. */
  private static void bare(Session session, String word) {
    if (word.matches("b-[0-9a-f]{1,8}|latest")) {
      BackupStory.tell(session, BackupStory.find(session, word));
      return;
    }
    if (word.matches(".*[A-Z].*|[a-z]{1,3}-.*")) {
      JsonNode download = DownloadStory.find(session, word, false);
      if (download.isObject()) {
        DownloadStory.tell(session, download);
        return;
      }
      Optional<JsonNode> backup = BackupStory.request(session, word);
      if (backup.isPresent()) {
        BackupStory.tell(session, backup.get());
        return;
      }
    }
    ModelStory.tell(session, word);
  }

  /** Codes are explained with nothing running, so nobody is waited for. */
  private static boolean isModel(Session session, String name) {
    try {
      return session
          .registry()
          .get(name, "/models/" + Registry.segment(name), FOR_A_NAMESAKE)
          .isObject();
    } catch (Failure e) {
      return false;
    }
  }
}
