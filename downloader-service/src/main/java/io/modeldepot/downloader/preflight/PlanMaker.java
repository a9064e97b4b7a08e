package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.fetch.Trouble;
import io.modeldepot.downloader.hub.ByteRange;
import io.modeldepot.downloader.hub.HubClient;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.state.DownloadPlan;
import io.modeldepot.events.state.PlannedFile;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Source;
import io.modeldepot.store.inspect.ModelFiles;
import io.modeldepot.store.inspect.ModelInspector;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.journal.SpaceLedger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers what a download would do. For the profile, the small configuration files and the headers
 * of the weights are read at the hub, some kilobytes of a model of any size.
 */
@ApplicationScoped
public class PlanMaker {
  private static final long HEADER_LENGTH_BYTES = 8;
  private static final long MOST_HEADER_BYTES = 25_000_000;
  private static final long MOST_CONFIG_BYTES = 4L << 20;

  private final HubClient hub;

  @Inject
  PlanMaker(HubClient hub) {
    this.hub = hub;
  }

  /** What files say. */
  private record Seen(ModelProfile profile, Reading reading) {}

  void make(Turn turn, Shelf shelf, CommitId commit) throws IOException {
    Job job = turn.job();
    Source source = job.target().flatMap(Target::source).orElseThrow();
    long fetch =
        job.files().stream().filter(it -> !it.reused()).mapToLong(JournalFile::sizeBytes).sum();
    long reused = job.tally().reusedBytes();
    SpaceLedger.Balance balance = shelf.store().space().balance();
    if (fetch > balance.freeBytes()) {
      turn.happen(new JobEvent.Refused(Refusals.noSpace(job, fetch, balance)));
      return;
    }
    HubResult<Seen> seen = look(turn, commit);
    if (turn.stop().isCancelled()) {
      return;
    }
    if (seen instanceof HubResult.Failed<Seen> failed) {
      turn.happen(Trouble.at(failed.failure(), job, Bytes.NONE_CAME));
      return;
    }
    Optional<Seen> found =
        seen instanceof HubResult.Found<Seen> it ? Optional.of(it.value()) : Optional.empty();
    turn.happen(
        new JobEvent.PlanMade(
            new DownloadPlan(
                job.files().stream().map(PlanMaker::planned).toList(),
                fetch,
                reused,
                balance.freeBytes() - fetch,
                source.gated(),
                source.licence(),
                found.map(Seen::profile),
                found.map(Seen::reading))));
  }

  private static PlannedFile planned(JournalFile file) {
    return new PlannedFile(file.path(), file.sizeBytes(), file.sha256(), file.gitSha1());
  }

  /** Puts what says something into files of the right length, mostly holes, and inspects those. */
  private HubResult<Seen> look(Turn turn, CommitId commit) throws IOException {
    Path scratch = Files.createTempDirectory("model-depot-plan-");
    try {
      Map<String, Path> files = new HashMap<>();
      for (JournalFile file : turn.job().files()) {
        long wanted = wantedBytes(file);
        if (wanted > 0) {
          Path copy = scratch.resolve(Integer.toString(files.size()));
          HubResult<Long> copied = copy(turn, commit, file, wanted, copy);
          if (copied instanceof HubResult.Failed<Long> failed) {
            return new HubResult.Failed<>(failed.failure());
          }
          files.put(file.path(), copy);
        }
      }
      ModelFiles seen = ModelFiles.of(files);
      return new HubResult.Found<>(
          new Seen(ModelInspector.inspect(seen).profile(), ModelInspector.read(seen)));
    } finally {
      remove(scratch);
    }
  }

  private static long wantedBytes(JournalFile file) {
    if (file.path().endsWith(".safetensors")) {
      return HEADER_LENGTH_BYTES;
    }
    boolean text = file.path().endsWith(".json") || file.path().endsWith(".jinja");
    return text && !file.path().contains("/") ? Math.min(file.sizeBytes(), MOST_CONFIG_BYTES) : 0;
  }

  private HubResult<Long> copy(Turn turn, CommitId commit, JournalFile file, long bytes, Path copy)
      throws IOException {
    HubResult<byte[]> first = read(turn, commit, file, 0, Math.min(bytes, file.sizeBytes()));
    if (first instanceof HubResult.Failed<byte[]> failed) {
      return new HubResult.Failed<>(failed.failure());
    }
    byte[] start = ((HubResult.Found<byte[]>) first).value();
    try (RandomAccessFile out = new RandomAccessFile(copy.toFile(), "rw")) {
      out.setLength(file.sizeBytes());
      out.write(start);
      if (file.path().endsWith(".safetensors") && start.length == HEADER_LENGTH_BYTES) {
        long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (header > 0 && header <= Math.min(MOST_HEADER_BYTES, file.sizeBytes() - start.length)) {
          HubResult<byte[]> rest =
              read(turn, commit, file, HEADER_LENGTH_BYTES, HEADER_LENGTH_BYTES + header);
          if (rest instanceof HubResult.Failed<byte[]> failed) {
            return new HubResult.Failed<>(failed.failure());
          }
          out.write(((HubResult.Found<byte[]>) rest).value());
        }
      }
    }
    return new HubResult.Found<>(file.sizeBytes());
  }

  private HubResult<byte[]> read(Turn turn, CommitId commit, JournalFile file, long from, long to) {
    RepositoryId repository = turn.job().target().flatMap(Target::repository).orElseThrow();
    RepositoryFile remote =
        new RepositoryFile(file.path(), file.sizeBytes(), file.sha256(), file.gitSha1());
    return hub.file(repository, commit, remote).bytes(new ByteRange(from, to), turn.stop());
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
