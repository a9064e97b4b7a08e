package io.modeldepot.cli.command.maintenance;

import io.modeldepot.backup.export.Packing;
import io.modeldepot.backup.export.TarExport;
import io.modeldepot.backup.export.WrongContent;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.ByteProgress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
      ""
    })
public final class Export implements Work {
  @Parameters(paramLabel = "FILE", arity = "1", description = "ends with .tar.gz, .tgz or .tar.zst")
  String file = "";

  @Option(names = "--family", paramLabel = "FAMILY", description = "one family")
  @Nullable String family;

  @Option(names = "--model", paramLabel = "NAME", description = "one model")
  @Nullable String model;

  private long told;

  @Override
  public ExitCode run(Session session) {
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
    Path unfinished = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      ByteProgress progress =
          new ByteProgress(session.paper(), session.clock(), "export", Long.MAX_VALUE);
      TarExport.Report report =
          new TarExport(Volumes.open(session))
              .write(
                  OfflineRestore.scope(named, family),
                  Files.newOutputStream(unfinished),
                  packing,
                  Runtime.getRuntime().availableProcessors(),
                  (done, total, files) -> {
                    progress.add(done - told);
                    told = done;
                  });
      progress.clear();
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      say(session, target, report);
      return ExitCode.OK;
    } catch (WrongContent e) {
      throw Failure.of(ExitCode.WRONG_BYTES, "altered", "nothing was exported")
          .because(String.valueOf(e.getMessage()))
          .tryThis(new Try("see all that is wrong", "verify"));
    } catch (FileAlreadyExistsException e) {
      throw Failure.usage(target + " is there already");
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    } finally {
      removeUnfinished(unfinished);
    }
  }

  private static void removeUnfinished(Path unfinished) {
    try {
      boolean unused = Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // It has a name that says what it is; the command has already said what went wrong.
      return;
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
