package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.restore.DumpRestore;
import io.modeldepot.backup.snapshot.RegistryPart;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Puts the registry's data of a backup into a registry that runs and is new. */
final class RegistryBack {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Session session;
  private final RepositoryPlace place;

  RegistryBack(Session session, RepositoryPlace place) {
    this.session = session;
    this.place = place;
  }

  ExitCode run(String backup) {
    try {
      Repository repository = place.open(session);
      Snapshots snapshots = repository.snapshots();
      Snapshot snapshot = snapshots.read(snapshots.find(backup));
      RegistryPart part = snapshot.registry();
      if (part.sha256().isEmpty()) {
        throw Failure.of(
                ExitCode.NOT_FOUND,
                "unknown-backup",
                "the backup " + snapshot.id() + " has no data of the registry")
            .because(part.why().orElse("it does not say why"))
            .tryThis(new Try("see which backups have them", "backups " + place));
      }
      Path dump = Files.createTempFile("registry-", ".ndjson");
      try {
        new DumpRestore(repository).run(snapshot, dump);
        say(snapshot, send(part, dump));
      } finally {
        Files.deleteIfExists(dump);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw Repositories.failure(e, session);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private JsonNode send(RegistryPart part, Path dump) {
    String head =
        part.auditSeq().isPresent() && part.auditHash().isPresent()
            ? "?"
                + Registry.query("seq", part.auditSeq().get().toString())
                + "&"
                + Registry.query("hash", part.auditHash().get())
            : "";
    return session
        .registry()
        .put(
            "the registry's data", "/registry-dump" + head, dump, "application/x-ndjson", PATIENCE);
  }

  private void say(Snapshot snapshot, JsonNode outcome) {
    if (session.form().machine()) {
      ObjectNode line = Json.object().put("kind", "summary").put("backup", snapshot.id());
      outcome.fields().forEachRemaining(field -> line.set(field.getKey(), field.getValue()));
      session.paper().data(Json.line(line.put("exit", 0)));
      return;
    }
    session
        .paper()
        .data(
            outcome.path("restored").asBoolean()
                ? "The registry has its data of "
                    + snapshot.id()
                    + " again; its audit trail goes on after record "
                    + outcome.path("auditSeq").asLong()
                : "The registry has all of " + snapshot.id() + " already");
  }
}
