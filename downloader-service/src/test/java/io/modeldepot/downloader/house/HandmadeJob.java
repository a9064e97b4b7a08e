package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Selection;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job that another process began and gave back: a free claim, parts and a journal. */
final class HandmadeJob {
  private final DownloadRequested command;
  private final ModelName model;
  private final Map<JournalFile, byte[]> files = new LinkedHashMap<>();
  private Optional<CommitId> commit = Optional.empty();

  private HandmadeJob(DownloadRequested command, ModelName model) {
    this.command = command;
    this.model = model;
  }

  static HandmadeJob of(DownloadRequested command, ModelName model) {
    return new HandmadeJob(command, model);
  }

  /** The revision was resolved: from {@code org/<model>}, everything. */
  HandmadeJob at(CommitId resolved) {
    commit = Optional.of(resolved);
    return this;
  }

  /** A file under way with what its part holds. */
  HandmadeJob put(JournalFile file, byte[] part) {
    files.put(file, part);
    return this;
  }

  /** Leaves it on the volume for whoever takes it. */
  void leave(ModelStore store, DownloadState state) throws IOException {
    RequestId id = command.requestId().orElseThrow();
    try (Claims claims = store.claims("another")) {
      Path place = store.claimPlace(id);
      assertThat(claims.create(place)).isTrue();
      try (Claim claim = claims.takeIfPossible(place).orElseThrow()) {
        for (Map.Entry<JournalFile, byte[]> file : files.entrySet()) {
          JournalFile of = file.getKey();
          Path part = store.parts().allocate(claim, of.part().orElseThrow(), of.sizeBytes());
          Files.write(part, file.getValue());
        }
        store.journals().write(claim, journal(id, state, claim.holder().toString()));
      }
    }
  }

  private Journal journal(RequestId id, DownloadState state, String holder) {
    Instant now = Instant.now();
    Optional<RepositoryId> repository = commit.map(it -> RepositoryId.of("org/" + model));
    return new Journal(
        Journal.FORMAT,
        id,
        List.of(id),
        command,
        model,
        LocationName.of("default"),
        commit.map(it -> FamilyName.of("testing")),
        repository,
        commit.map(it -> "main"),
        commit,
        state,
        Optional.empty(),
        Optional.empty(),
        1,
        5,
        holder,
        0,
        0,
        0,
        0,
        List.copyOf(files.keySet()),
        Optional.empty(),
        Optional.empty(),
        commit.map(
            it ->
                new Source(
                    SourceKind.HUB,
                    Optional.of("http://elsewhere.invalid"),
                    repository,
                    Optional.of("main"),
                    Optional.empty(),
                    Optional.empty())),
        commit.map(it -> new Selection(Optional.of(Profile.FULL), List.of(), List.of())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now,
        now);
  }
}
