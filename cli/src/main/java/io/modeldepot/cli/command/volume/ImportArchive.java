package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.backup.export.Packing;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.unpack.BadArchive;
import io.modeldepot.backup.unpack.ImportReport;
import io.modeldepot.backup.unpack.TarImport;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.download.CtrlC;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes the models of an archive in, on the volume, and asks a depot that runs to list them. */
final class ImportArchive {
  private final Session session;
  private final ProgressKind kind;
  private final DepotListing depot;

  /**
   * @param alone whether no depot is asked for anything
   */
  ImportArchive(Session session, boolean alone, ProgressKind kind) {
    this.session = session;
    this.depot = new DepotListing(session, "import", alone);
    this.kind = kind;
  }

  ExitCode take(Path file, Optional<String> family, Optional<String> model) {
    Packing packing = packing(file);
    Scope scope = scope(family, model);
    ModelStore store = Volumes.openToWrite(session);
    ByteProgress shown = kind.bytes(session, "import", 0);
    try (CtrlC ctrlC = new CtrlC();
        Claims claims = store.claims("cli-" + ProcessHandle.current().pid())) {
      claims.startBeating();
      ImportReport report =
          new TarImport(
                  new Shelf(store, claims),
                  depot::shownGeneration,
                  new TreeInspection(session.paper()))
              .run(
                  file,
                  packing,
                  scope,
                  (done, total, files) -> {
                    ctrlC.check();
                    shown.at(done, total);
                  });
      shown.clear();
      say(report);
      report.imported().forEach(one -> depot.list(store, one.model()));
      return ExitCode.OK;
    } catch (CtrlC.Pressed e) {
      shown.clear();
      session.paper().warn("Interrupted: models that came whole stay; repeat this to go on.");
      return ExitCode.INTERRUPTED;
    } catch (IOException e) {
      shown.clear();
      throw failure(file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private static Packing packing(Path file) {
    try {
      return Packing.of(String.valueOf(file.getFileName()));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(file + " is no archive that can be taken in")
          .because(String.valueOf(e.getMessage()))
          .tryThis(Try.words("unpack it, and take its directories in: import DIR --name NAME"));
    }
  }

  private static Scope scope(Optional<String> family, Optional<String> model) {
    if (family.isPresent() && model.isPresent()) {
      throw Failure.usage("a family or a model is taken in, not both");
    }
    try {
      return model
          .map(name -> Scope.of(ModelName.of(name)))
          .or(() -> family.map(name -> Scope.of(FamilyName.of(name))))
          .orElseGet(Scope::all);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private void say(ImportReport report) {
    if (session.form().machine()) {
      ObjectNode line =
          Json.object()
              .put("kind", "summary")
              .put("way", "offline")
              .put("files", report.files())
              .put("addedBytes", report.writtenBytes())
              .put("keptBytes", report.keptBytes())
              .put("exit", 0);
      ArrayNode imported = line.putArray("imported");
      for (ImportReport.Imported one : report.imported()) {
        imported
            .addObject()
            .put("model", one.model().value())
            .put("commit", one.commit().value())
            .put("outcome", one.outcome())
            .put("manifested", one.manifested())
            .put("sizeBytes", one.sizeBytes());
      }
      session.paper().data(Json.line(line));
      return;
    }
    for (ImportReport.Imported one : report.imported()) {
      session
          .paper()
          .data(
              one.model()
                  + " "
                  + one.commit().value().substring(0, 7)
                  + " imported, "
                  + one.outcome()
                  + ", "
                  + Human.bytes(one.sizeBytes())
                  + (one.manifested() ? "" : ", verified by self"));
    }
    session
        .paper()
        .talk(
            Human.bytes(report.writtenBytes())
                + " written, "
                + Human.bytes(report.keptBytes())
                + " were there");
  }

  private Failure failure(Path file, IOException e) {
    String why = String.valueOf(e.getMessage());
    return switch (e) {
      case BadArchive bad ->
          Failure.of(ExitCode.REFUSED, "", file + " is not taken in; nothing was changed")
              .because(why)
              .tryThis(Try.words(bad.remedy()));
      case NoRoom no ->
          Failure.of(ExitCode.NO_SPACE, "no-space", "there is not enough room; nothing was changed")
              .because(
                  Human.bytes(no.neededBytes())
                      + " are needed, the volume has "
                      + Human.bytes(no.freeBytes()))
              .tryThis(new Try("see what could go", "cleanup --dry-run"));
      case ModelBusy busy ->
          Failure.of(ExitCode.CONFLICT, "in-use", "somebody works on a model of it")
              .because(why)
              .tryThis(Try.words("repeat this; what was taken in stays"));
      default -> Volumes.failure(e, session);
    };
  }
}
