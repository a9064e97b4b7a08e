package io.modeldepot.simulation.service;

import io.modeldepot.downloader.fetch.Fetcher;
import io.modeldepot.downloader.fetch.Listing;
import io.modeldepot.downloader.fetch.Manifests;
import io.modeldepot.downloader.fetch.Parts;
import io.modeldepot.downloader.fetch.Trouble;
import io.modeldepot.downloader.fetch.Whereabouts;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.publish.Publishing;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.simulation.content.Content;
import io.modeldepot.simulation.time.Process;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.publish.MissingContent;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The work of a job where the internet begins: checking and the transfer are written down here with
 * the same calls in the same order as the downloader makes them, less HTTP; publishing is the
 * downloader's, less the looking into files.
 */
final class Stages {
  private final World world;
  private final Process process;
  private final VolumeKeeper volume;
  private final Publishing publishing;
  private final Early early;
  private final Timekeeper time;

  /** What a broken downloader does too early. */
  @FunctionalInterface
  interface Early {
    /** Before a version is published. */
    void beforePublish(Shelf shelf, Manifest manifest) throws IOException, InterruptedException;
  }

  Stages(
      World world,
      Process process,
      VolumeKeeper volume,
      Publishing publishing,
      Early early,
      Timekeeper time) {
    this.world = world;
    this.process = process;
    this.volume = volume;
    this.publishing = publishing;
    this.early = early;
    this.time = time;
  }

  void check(Turn turn) throws IOException, InterruptedException {
    CommitId commit = ((JobState.Checking) turn.job().state()).at();
    Shelf shelf = volume.await();
    FileCalls calls = shelf.store().volume().calls();
    Listing listing =
        Listing.kept(calls, turn.claim(), commit)
            .orElseGet(() -> Listing.of(commit, world.hub().filesOf(commit)));
    if (turn.job().files().isEmpty()) {
      Contents contents = shelf.store().contents();
      List<JournalFile> files = new ArrayList<>();
      for (Listing.Entry entry : listing.files()) {
        Optional<Contents.Found> here =
            turn.job().command().force()
                ? Optional.empty()
                : contents.find(entry.sha256().orElseThrow(), entry.sizeBytes());
        files.add(
            here.map(found -> Parts.toReuse(entry, found))
                .orElse(Parts.toFetch(entry, files.size() + 1)));
      }
      turn.note(it -> it.withFiles(files).withTally(JobJournal.tally(files, 0)));
    }
    listing.keep(calls, turn.claim());
    turn.keep();
    for (JournalFile file : turn.job().files()) {
      if (!file.reused()
          && calls.stat(turn.claim().work().resolve(file.part().orElseThrow())).isEmpty()) {
        Path unused =
            shelf
                .store()
                .parts()
                .allocate(turn.claim(), file.part().orElseThrow(), file.sizeBytes());
      }
    }
    turn.happen(new JobEvent.Admitted());
  }

  void fetch(Turn turn) throws IOException, InterruptedException {
    CommitId commit = ((JobState.Transferring) turn.job().state()).at();
    if (fetched(turn, volume.await(), commit)) {
      turn.happen(new JobEvent.AllVerified());
    } else if (!turn.stop().isCancelled()) {
      turn.happen(later(turn, "The hub does not answer."));
    }
  }

  private JobEvent later(Turn turn, String why) {
    return Trouble.later(
        Problem.of(ProblemCode.HUB_UNREACHABLE, why),
        WaitingFor.HUB,
        turn.job(),
        Bytes.NONE_CAME,
        Optional.empty(),
        time);
  }

  /** Whether every file came in; what came is kept. */
  private boolean fetched(Turn turn, Shelf shelf, CommitId commit) throws IOException {
    Fetcher.prepare(turn, shelf);
    FileCalls calls = shelf.store().volume().calls();
    for (JournalFile file : turn.job().files()) {
      if (file.reused() || turn.stop().isCancelled()) {
        continue;
      }
      world.timeline().pause(process, world.soon(2_000));
      if (world.mischief() && world.chance().percent(10)) {
        return false;
      }
      Content.Known known = world.hub().file(commit, file.path());
      Path part = Fetcher.part(turn.claim(), file);
      if (file.blocksDone().orElse(BlockRanges.NONE).count() == 0) {
        try (OpenFile open = calls.openForWriting(part)) {
          int half = known.head().length / 2;
          open.write(ByteBuffer.wrap(known.head(), 0, half), 0);
          if (!world.broken().comesWrong()) {
            open.write(ByteBuffer.wrap(known.head(), half, known.head().length - half), half);
          }
        }
        change(turn, file.path(), old -> with(old, known));
        turn.keep();
      }
      world.broken().keep(turn, shelf, part, known);
    }
    turn.claim().requireHeld();
    turn.keep();
    return !turn.stop().isCancelled();
  }

  private static JournalFile with(JournalFile file, Content.Known known) {
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        Optional.of(known.sha256()),
        file.gitSha1(),
        file.etag(),
        file.part(),
        Optional.of(BlockRanges.first(1)),
        Optional.of(known.crc32c()),
        false,
        file.failures());
  }

  private static void change(Turn turn, String path, UnaryOperator<JournalFile> change) {
    turn.note(
        job ->
            job.withFiles(
                job.files().stream()
                    .map(file -> file.path().equals(path) ? change.apply(file) : file)
                    .toList()));
  }

  void publish(Turn turn) throws IOException, InterruptedException {
    CommitId commit = ((JobState.Publishing) turn.job().state()).at();
    Shelf shelf = volume.await();
    Listing listing = Listing.of(commit, world.hub().filesOf(commit));
    Manifest manifest =
        Manifests.of(turn.job(), commit, listing, Optional.empty(), world.timeline().now());
    try {
      early.beforePublish(shelf, manifest);
      Publication unused = publishing.publish(turn, shelf, manifest, Whereabouts.parts(turn));
    } catch (MissingContent e) {
      List<String> lost = e.files().stream().map(ManifestFile::path).toList();
      turn.note(
          job -> {
            List<JournalFile> files = new ArrayList<>();
            for (JournalFile file : job.files()) {
              files.add(lost.contains(file.path()) ? Parts.lost(file, files.size() + 1) : file);
            }
            return job.withFiles(files);
          });
      if (!fetched(turn, shelf, commit) && !turn.stop().isCancelled()) {
        turn.happen(later(turn, "Files that were on the volume are gone."));
      }
      return;
    }
    turn.happen(new JobEvent.Published());
  }
}
