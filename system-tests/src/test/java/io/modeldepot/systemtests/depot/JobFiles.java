package io.modeldepot.systemtests.depot;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the volume says about its jobs: journals and claims, read as anyone could read them. */
public final class JobFiles {
  private final Path models;

  public JobFiles(Path models) {
    this.models = models;
  }

  /** The journal of a job, if there is one. */
  public Optional<Journal> journal(String id) {
    try {
      return ModelStore.open(models).journals().read(RequestId.of(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a job is in this state. */
  public boolean is(String id, DownloadState state) {
    return journal(id).map(Journal::state).filter(state::equals).isPresent();
  }

  /** The instance that holds a job now; empty if nobody does. */
  public Optional<String> holder(String id) {
    Path claim = models.resolve("downloads").resolve(id);
    try (Stream<Path> entries = Files.list(claim)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals("free"))
          .map(name -> name.replaceFirst("-[0-9a-f]{8}$", ""))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
