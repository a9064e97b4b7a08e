package io.modeldepot.cli.command.maintenance;

import io.modeldepot.backup.export.Packing;
import io.modeldepot.backup.export.TarExport;
import io.modeldepot.backup.export.WrongContent;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.desired.StateExport;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.ByteProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: the current versions as one file that plain tar reads. */
@Command(
    name = "export",
    description = {
      "Writes the current versions into one tar that needs none of our programs: models/FAMILY/MODEL/...",
      "Works on the volume alone. Every byte is held against the manifests. Restore with:",
      "  import FILE                                        the same versions, on any volume",
      "  tar -xzf FILE.tar.gz -C DIR [models/FAMILY]        plain files, with nothing of ours",
      "",
      "Examples:",
      "  export depot.tar.gz                 everything",
      "  export llama.tar.zst --family llama one family, with zstd",
      "",
      "Ctrl-C leaves no half file.",
      "",
      "FILE.yaml, or - for stdout, is what is wanted of the depot instead, as  apply  reads it:",
      "  export models.yaml                  models, GPUs, retention; from the registry",
      ""
    })
public final class Export implements Work {
  @Parameters(
      paramLabel = "FILE",
      arity = "1",
      description = "ends with .tar.gz, .tgz, .tar.zst, or with .yaml for what is wanted")
  String file = "";

  @Option(names = "--family", paramLabel = "FAMILY", description = "one family")
  @Nullable String family;

  @Option(names = "--model", paramLabel = "NAME", description = "one model")
  @Nullable String model;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Override
  public ExitCode run(Session session) {
    if (StateExport.means(file)) {
      if (family != null || model != null) {
        throw Failure.usage("what is wanted is exported whole");
      }
      return StateExport.write(session, file);
    }
    Path target = session.path(file);
    Packing packing;
    try {
      packing = Packing.of(file);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
    if (Files.exists(target)) {
      throw Failure.usage(target + " is there already")
          .tryThis(Try.words("name a file that is not there"));
    }
    Named named = model == null ? new Named("", "") : Named.alone(model, "export " + file);
    ByteProgress shown = ProgressKind.of(progress, session).bytes(session, "export", 0);
    try (UnfinishedFile unfinished = new UnfinishedFile(target)) {
      TarExport.Report report =
          new TarExport(Volumes.open(session))
              .write(
                  OfflineRestore.scope(named, family),
                  unfinished.open(),
                  packing,
                  Runtime.getRuntime().availableProcessors(),
                  (done, total, files) -> shown.at(done, total));
      shown.clear();
      unfinished.finish();
      say(session, target, report);
      return ExitCode.OK;
    } catch (WrongContent e) {
      shown.clear();
      throw Failure.of(ExitCode.WRONG_BYTES, "altered", "nothing was exported")
          .because(String.valueOf(e.getMessage()))
          .tryThis(new Try("see all that is wrong", "verify"));
    } catch (IOException e) {
      shown.clear();
      throw Volumes.failure(e, session);
    }
  }

  private static void say(Session session, Path target, TarExport.Report report) {
    long packed = target.toFile().length();
    if (session.form().machine()) {
      var line =
          Json.object()
              .put("kind", "summary")
              .put("file", target.toString())
              .put("models", report.models())
              .put("files", report.files())
              .put("totalBytes", report.bytes())
              .put("packedBytes", packed)
              .put("exit", 0);
      session.paper().data(Json.line(line));
      return;
    }
    session
        .paper()
        .data(
            session.paper().style().safe(target.toString())
                + "  "
                + Human.count(report.models(), "model", "models")
                + ", "
                + Human.bytes(report.bytes())
                + ", "
                + Human.bytes(packed)
                + " packed");
  }
}
