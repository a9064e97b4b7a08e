package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.backup.keep.Check;
import io.modeldepot.backup.keep.CheckReport;
import io.modeldepot.backup.keep.Depth;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.snapshot.SavedVersion;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.snapshot.SnapshotDiff;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Backups as a repository in a directory has them, read by this process alone. */
final class OfflineBackups {
  private final Session session;
  private final RepositoryPlace place;
  private long told;

  OfflineBackups(Session session, RepositoryPlace place) {
    this.session = session;
    this.place = place;
  }

  ExitCode list() {
    try {
      Repository repository = place.open(session);
      ArrayNode machine = Json.array();
      List<Row> rows = new ArrayList<>();
      for (Snapshots.Named named : repository.snapshots().list().reversed()) {
        Snapshot snapshot = repository.snapshots().read(named);
        rows.add(
            Row.of(
                snapshot.id(),
                snapshot.id(),
                Human.age(snapshot.time(), session.clock().instant()),
                snapshot.scope().toString(),
                Human.bytes(snapshot.totals().addedBytes()),
                Human.bytes(snapshot.totals().rawBytes()),
                snapshot.leftOut().isEmpty() ? "done" : "in part",
                snapshot.registry().why().isEmpty() ? "yes" : "no"));
        machine
            .addObject()
            .put("backup", snapshot.id())
            .put("time", Wire.time(snapshot.time()))
            .put("scope", snapshot.scope().toString())
            .put("addedBytes", snapshot.totals().addedBytes())
            .put("totalBytes", snapshot.totals().rawBytes())
            .put("leftOut", snapshot.leftOut().size())
            .put("registry", snapshot.registry().why().isEmpty());
      }
      session
          .paper()
          .print(
              new Listing(
                  List.of(
                      Column.text("ID"),
                      Column.number("AGE"),
                      Column.text("SCOPE"),
                      Column.number("NEW"),
                      Column.number("TOTAL"),
                      Column.text("STATE"),
                      Column.text("REGISTRY")),
                  rows,
                  machine,
                  Human.count(rows.size(), "backup", "backups")));
      return ExitCode.OK;
    } catch (IOException e) {
      throw Repositories.failure(e, session);
    }
  }

  ExitCode show(String backup) {
    try {
      Repository repository = place.open(session);
      Snapshots snapshots = repository.snapshots();
      Snapshot snapshot = snapshots.read(snapshots.find(backup));
      List<Row> rows = new ArrayList<>();
      ArrayNode machine = Json.array();
      for (SavedVersion version : snapshot.versions()) {
        Manifest manifest = version.manifest();
        long bytes = manifest.presentFiles().stream().mapToLong(ManifestFile::sizeBytes).sum();
        rows.add(
            Row.of(
                manifest.model() + "@" + manifest.commit(),
                manifest.model().value(),
                manifest.commit().value(),
                manifest.family().value(),
                version.current() ? "current" : "kept",
                Human.bytes(bytes)));
        machine
            .addObject()
            .put("model", manifest.model().value())
            .put("commit", manifest.commit().value())
            .put("family", manifest.family().value())
            .put("current", version.current())
            .put("sizeBytes", bytes);
      }
      session
          .paper()
          .print(
              new Listing(
                  List.of(
                      Column.text("MODEL"),
                      Column.text("COMMIT"),
                      Column.text("FAMILY"),
                      Column.text("STATE"),
                      Column.number("SIZE")),
                  rows,
                  machine,
                  Human.count(rows.size(), "version", "versions")));
      return ExitCode.OK;
    } catch (IOException e) {
      throw Repositories.failure(e, session);
    }
  }

  /** A question: 0 they have the same, 1 they have not. */
  ExitCode diff(String one, String other) {
    try {
      Snapshots snapshots = place.open(session).snapshots();
      SnapshotDiff diff =
          SnapshotDiff.between(
              snapshots.read(snapshots.find(one)), snapshots.read(snapshots.find(other)));
      ObjectNode result =
          Json.object()
              .put("backup", diff.from())
              .put("against", diff.to())
              .put("addedBytes", diff.addedBytes())
              .put("goneBytes", diff.goneBytes())
              .put("sameVersions", diff.sameVersions())
              .put("differences", diff.lines().size());
      ArrayNode versions = result.putArray("versions");
      for (SnapshotDiff.Line line : diff.lines()) {
        versions
            .addObject()
            .put("model", line.model().value())
            .put("commit", line.commit().value())
            .put("change", line.change().name().toLowerCase(Locale.ROOT))
            .put("bytes", line.bytes())
            .put("current", line.current());
      }
      return BackupsDiffText.say(session, result);
    } catch (IOException e) {
      throw Repositories.failure(e, session);
    }
  }

  /** A question: 0 all is whole, 1 findings, more: could not tell. */
  ExitCode check(Optional<String> depth) {
    try {
      Repository repository = place.open(session);
      ByteProgress progress =
          new ByteProgress(session.paper(), session.clock(), "check", Long.MAX_VALUE);
      CheckReport report =
          new Check(repository)
              .run(
                  depth(depth),
                  (done, total, blocks) -> {
                    progress.add(done - told);
                    told = done;
                  });
      progress.clear();
      ExitCode exit = report.good() ? ExitCode.OK : ExitCode.NO;
      if (session.form().machine()) {
        var line =
            Json.object()
                .put("kind", "summary")
                .put("backups", report.snapshots())
                .put("blocks", report.blocks())
                .put("bytesRead", report.bytesRead())
                .put("exit", exit.number());
        report.findings().forEach(line.putArray("findings")::add);
        session.paper().data(Json.line(line));
        return exit;
      }
      report.findings().forEach(f -> session.paper().data(session.paper().style().safe(f)));
      CheckText.say(
          session,
          report.snapshots(),
          report.blocks(),
          report.bytesRead(),
          report.findings().size());
      return exit;
    } catch (IOException e) {
      throw Repositories.failure(e, session);
    }
  }

  private static Depth depth(Optional<String> read) {
    if (read.isEmpty()) {
      return Depth.STRUCTURE;
    }
    if (read.get().equals("all")) {
      return Depth.DATA;
    }
    try {
      String[] part = read.get().split("/", 2);
      return new Depth(Integer.parseInt(part[0]), Integer.parseInt(part[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw Failure.usage("\"" + read.get() + "\" is no part: it is written like 2/7");
    }
  }
}
