package io.modeldepot.cli.command.maintenance;

import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.restore.TreeRestore;
import io.modeldepot.backup.restore.VolumeRestore;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A restore by this process alone, from a repository in a directory. */
final class OfflineRestore {
  private final Session session;
  private final RepositoryPlace place;
  private long told;

  OfflineRestore(Session session, RepositoryPlace place) {
    this.session = session;
    this.place = place;
  }

  /** The scope that was named. */
  static Scope scope(Named model, @Nullable String family) {
    try {
      if (!model.model().isEmpty() && family != null) {
        throw Failure.usage("a model or a family is restored, not both");
      }
      if (family != null) {
        return Scope.of(FamilyName.of(family));
      }
      if (model.model().isEmpty()) {
        return Scope.all();
      }
      ModelName name = ModelName.of(model.model());
      return model.version().isEmpty()
          ? Scope.of(name)
          : Scope.of(name, CommitId.of(model.version()));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  ExitCode run(String backup, Scope scope, Optional<String> to) {
    try {
      Repository repository = place.open(session);
      Snapshots snapshots = repository.snapshots();
      Snapshot snapshot = snapshots.read(snapshots.find(backup));
      ByteProgress progress =
          new ByteProgress(
              session.paper(), session.clock(), "restore", snapshot.totals().rawBytes());
      Watcher watcher =
          (done, total, files) -> {
            progress.add(done - told);
            told = done;
          };
      int threads = BackupOrder.of(scope, Optional.empty(), "cli").threads();
      RestoreReport report;
      if (to.isPresent()) {
        Path directory = session.path(to.get());
        Files.createDirectories(directory);
        report =
            new TreeRestore(new LinuxCalls(), directory, repository)
                .run(snapshot, scope, threads, watcher);
      } else {
        ModelStore store = Volumes.openToWrite(session);
        try (Claims claims = store.claims("cli")) {
          claims.startBeating();
          report =
              new VolumeRestore(new Shelf(store, claims), repository, model -> 0)
                  .run(snapshot, scope, threads, watcher);
        }
      }
      progress.clear();
      return say(snapshot, report);
    } catch (IOException e) {
      throw Repositories.failure(e, session);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private ExitCode say(Snapshot snapshot, RestoreReport report) {
    ExitCode exit =
        report.failed().isEmpty()
            ? ExitCode.OK
            : report.restored().isEmpty() ? ExitCode.WRONG_BYTES : ExitCode.PARTLY;
    report
        .failed()
        .forEach(
            out ->
                session
                    .paper()
                    .warn("not restored: " + out.model() + "@" + out.commit() + ": " + out.why()));
    if (session.form().machine()) {
      var line =
          Json.object()
              .put("kind", "summary")
              .put("backup", snapshot.id())
              .put("addedBytes", report.writtenBytes())
              .put("keptBytes", report.keptBytes())
              .put("files", report.files())
              .put("exit", exit.number());
      session.paper().data(Json.line(line));
      return exit;
    }
    report
        .restored()
        .forEach(
            one ->
                session
                    .paper()
                    .data(
                        one.model()
                            + " "
                            + one.commit().value().substring(0, 7)
                            + " restored, "
                            + one.outcome()));
    session
        .paper()
        .talk(
            Human.bytes(report.writtenBytes())
                + " written, "
                + Human.bytes(report.keptBytes())
                + " were there, in "
                + Human.span(Math.round(report.milliseconds() / 1000.0)));
    return exit;
  }
}
