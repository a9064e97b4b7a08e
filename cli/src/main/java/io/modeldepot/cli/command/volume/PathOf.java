package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.Verifier.Depth;
import io.modeldepot.store.integrity.VersionReport;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code path}: where a model lies, for scripts. */
@Command(
    name = "path",
    description = {
      "Prints the directory of a model's version.",
      "It never changes once published, so a server that loads from it reads one version. Its files are checked",
      "against the manifest by name and length first, and a version of which a file was found damaged is not given",
      "away. Needs nothing running.",
      "",
      "Examples:",
      "  vllm serve \"$(manage-ai-models.sh path llama2-7b)\"",
      "  path mistral-7b@26bca36",
      ""
    })
public final class PathOf implements Work {
  @Parameters(paramLabel = "NAME[@COMMIT]", description = "the model, and the version")
  String name = "";

  @Override
  public ExitCode run(Session session) {
    ModelStore store = Volumes.open(session);
    try {
      Wanted.Found found = Wanted.of(name, "path").one(store, session);
      Optional<VersionReport> report =
          store.verifier().verify(found.model(), found.commit(), Depth.NAMES, bytes -> {});
      if (report.isEmpty()) {
        throw withoutManifest(found);
      }
      report.filter(VersionReport::damaged).ifPresent(r -> refuse(found, r));
      refuseMarked(found, store);
      Path path = store.layout().tree(found.model(), found.commit());
      if (session.form().machine()) {
        ObjectNode node =
            Json.object()
                .put("model", found.model().value())
                .put("commit", found.commit().value())
                .put("path", path.toString())
                .put("location", store.volume().location().value());
        session.paper().machine(node);
      } else {
        session.paper().data(path.toString());
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    }
  }

  /**
   * What the janitor found when it read the files, which takes longer than a look at their names.
   */
  private static void refuseMarked(Wanted.Found found, ModelStore store) throws IOException {
    Set<String> marked;
    try {
      marked = store.damageMarks().damaged(found.model(), found.commit());
    } catch (AccessDeniedException e) {
      // Who may read models alone is not told what the depot keeps to itself.
      return;
    }
    if (marked.isEmpty()) {
      return;
    }
    Failure failure =
        Failure.of(
                ExitCode.WRONG_BYTES,
                "altered",
                found + ": files of it were found damaged when they were read last")
            .tryThis(new Try("have them brought back", "verify " + found.model() + " --repair"))
            .tryThis(new Try("use another version", "versions " + found.model()));
    for (String path : marked.stream().limit(5).toList()) {
      failure = failure.seen(path, "damaged");
    }
    throw failure;
  }

  static Failure withoutManifest(Wanted.Found found) {
    return Failure.of(
            ExitCode.WRONG_BYTES,
            "altered",
            found + ": it is the current version, and its manifest is gone")
        .tryThis(new Try("fetch it again", "download " + found.model() + " --force"));
  }

  static void refuse(Wanted.Found found, VersionReport report) {
    Failure failure =
        Failure.of(
                ExitCode.WRONG_BYTES,
                "altered",
                found + ": its files are not what its manifest says")
            .tryThis(new Try("see what is damaged", "verify " + found.model()))
            .tryThis(new Try("fetch what is damaged", "download " + found.model() + " --force"));
    for (Finding finding : report.findings().stream().filter(Finding::isDamage).limit(5).toList()) {
      failure = failure.seen(finding.path(), FindingText.of(finding));
    }
    throw failure;
  }
}
