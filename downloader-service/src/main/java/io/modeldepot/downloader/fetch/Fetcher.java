package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.delta.Deltas;
import io.modeldepot.downloader.hub.HubClient;
import io.modeldepot.downloader.hub.RemoteFile;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.Tally;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.peer.Peers;
import io.modeldepot.downloader.transfer.FileOutcome;
import io.modeldepot.downloader.transfer.FileTask;
import io.modeldepot.downloader.transfer.TransferEngine;
import io.modeldepot.downloader.transfer.TransferProgress;
import io.modeldepot.downloader.transfer.TransferResult;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.state.FileInFlight;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.journal.PartResume;
import io.modeldepot.store.volume.call.FileCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Runs the transfer engine over the files of a job. Safe for threads. */
@ApplicationScoped
public class Fetcher {
  private static final Logger LOG = Logger.getLogger(Fetcher.class);

  private final HubClient hub;
  private final TransferEngine engine;
  private final Peers peers;

  @Inject
  Fetcher(HubClient hub, TransferEngine engine, Peers peers) {
    this.hub = hub;
    this.engine = engine;
    this.peers = peers;
  }

  /**
   * Brings in every file of the job that is not reused, and keeps what is verified. Runs again
   * after any end. The outcomes are noted in the job's files, and durable once this returns.
   *
   * @return one outcome per file that was to come in
   */
  public TransferResult fetch(Turn turn, Shelf shelf, CommitId commit) throws IOException {
    prepare(turn, shelf);
    Job before = turn.job();
    Target target = before.target().orElseThrow();
    List<FileTask> tasks = new ArrayList<>();
    for (JournalFile file : before.files()) {
      if (!file.reused()) {
        RemoteFile remote =
            hub.file(
                target.repository(),
                commit,
                entry(file).remote(),
                peers.near(before.model(), commit, file.path()));
        tasks.add(task(turn, shelf, file, remote));
      }
    }
    TransferResult result =
        engine.transfer(
            tasks,
            new JobBlocks(turn),
            now -> turn.note(job -> job.withTally(tally(before, now))),
            turn.stop());
    turn.claim().requireHeld();
    keepVerified(turn, shelf, result);
    distrust(result);
    turn.note(job -> job.withTally(tally(before, result.last()).stopped()));
    turn.keep();
    return result;
  }

  /** What came in wrong once is fetched whole: perhaps a list of its pieces misled us. */
  private static FileTask task(Turn turn, Shelf shelf, JournalFile file, RemoteFile remote) {
    return new FileTask(
        remote,
        part(turn.claim(), file),
        Parts.inherited(file),
        file.failures() > 0
            ? Optional.empty()
            : new Deltas(shelf.store()).of(turn.job().model(), remote, turn.stop()));
  }

  /** Where a file's part is. */
  public static Path part(Claim claim, JournalFile file) {
    return claim.work().resolve(file.part().orElseThrow());
  }

  /** What a file is at the hub; a digest that we computed ourselves is nothing the hub stated. */
  private static Listing.Entry entry(JournalFile file) {
    return new Listing.Entry(
        file.path(),
        file.sizeBytes(),
        file.gitSha1().isPresent() ? Optional.empty() : file.sha256(),
        file.gitSha1(),
        Optional.empty());
  }

  /**
   * Makes sure that every part is there and is ours alone. Once the job was taken over, now or
   * before, a predecessor may still write: then the store compares the blocks, and copies them
   * where it must. What a copy supersedes is removed only after the journal names the copy.
   */
  public static void prepare(Turn turn, Shelf shelf) throws IOException {
    PartResume parts = shelf.store().parts();
    FileCalls calls = shelf.store().volume().calls();
    Claim claim = turn.claim();
    Set<String> named =
        turn.job().files().stream()
            .flatMap(file -> file.part().stream())
            .collect(Collectors.toSet());
    parts.removeOthers(claim, named);
    for (JournalFile file : turn.job().files()) {
      if (file.reused()) {
        continue;
      }
      boolean there = calls.stat(part(claim, file)).isPresent();
      if (there
          && PartResume.isInherited(claim, file.part().orElseThrow())
          && file.blocksDone().isPresent()) {
        PartResume.Resumed resumed = parts.resume(claim, file);
        change(
            turn,
            file.path(),
            old -> Parts.with(old, resumed.name(), resumed.blocksDone(), old.crc32c()));
        if (resumed.superseded().isPresent()) {
          turn.keep();
          parts.remove(claim, resumed.superseded().get());
        }
      } else if (!there) {
        Path unused = parts.allocate(claim, file.part().orElseThrow(), file.sizeBytes());
        change(
            turn,
            file.path(),
            old -> Parts.with(old, old.part().orElseThrow(), BlockRanges.NONE, Optional.empty()));
      }
    }
    turn.keep();
  }

  private static void keepVerified(Turn turn, Shelf shelf, TransferResult result)
      throws IOException {
    for (FileOutcome outcome : result.outcomes()) {
      if (outcome instanceof FileOutcome.Verified ok) {
        Path part = ok.file().part();
        turn.claim()
            .guard(
                () -> {
                  shelf.store().blobs().keep(part, ok.sha256(), ok.file().sizeBytes());
                  return part;
                });
        ok.pieces().ifPresent(list -> keep(shelf, list));
        change(turn, ok.file().path(), old -> Parts.verified(old, ok.sha256(), ok.blocks()));
      }
    }
  }

  /** Without its list a file is fetched whole elsewhere; that is no reason to fail here. */
  private static void keep(Shelf shelf, ChunkList list) {
    try {
      shelf.store().chunkLists().keep(list);
    } catch (IOException e) {
      LOG.infof("The list of the pieces of %s is not kept: %s", list.sha256(), e.getMessage());
    }
  }

  /** Who sent a part of what is wrong is not asked again: others have it, or the hub. */
  private void distrust(TransferResult result) {
    for (FileOutcome outcome : result.outcomes()) {
      if (outcome instanceof FileOutcome.Mismatched wrong) {
        peers.distrust(wrong.file().remote().nearUsed());
      }
    }
  }

  private static Tally tally(Job before, TransferProgress now) {
    Tally all = JobJournal.tally(before.files(), 0);
    int reusedFiles = (int) before.files().stream().filter(JournalFile::reused).count();
    return new Tally(
        all.totalBytes(),
        all.reusedBytes() + now.doneBytes(),
        Math.max(all.reusedBytes(), before.tally().reusedBytes()) + now.copiedBytes(),
        before.tally().fetchedBytes() + now.fetchedBytes(),
        all.filesTotal(),
        reusedFiles + now.filesDone(),
        now.rateBytesPerSecond(),
        now.etaSeconds(),
        now.inFlight().stream()
            .map(it -> new FileInFlight(it.path(), it.sizeBytes(), it.doneBytes()))
            .toList());
  }

  static JournalFile file(Job job, String path) {
    return job.files().stream().filter(it -> it.path().equals(path)).findFirst().orElseThrow();
  }

  private static void change(Turn turn, String path, UnaryOperator<JournalFile> change) {
    changeFile(turn, path, (file, number) -> change.apply(file));
  }

  /** A change of a file that has a number in its job. */
  interface Change {
    JournalFile of(JournalFile file, int number);
  }

  static void changeFile(Turn turn, String path, Change change) {
    turn.note(
        job -> {
          List<JournalFile> files = new ArrayList<>(job.files());
          for (int index = 0; index < files.size(); index++) {
            if (files.get(index).path().equals(path)) {
              files.set(index, change.of(files.get(index), index + 1));
            }
          }
          return job.withFiles(files);
        });
  }
}
