package io.modeldepot.store.repair;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The repairs of a volume. Safe for threads and processes. */
public final class Repairs {
  private final Volume volume;
  private final Layout layout;
  private final Clock clock;
  private final Journals journals;

  /** Repairs on a volume. */
  public Repairs(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.clock = clock;
    this.journals = new Journals(volume);
  }

  /**
   * What was left for whoever downloads.
   *
   * @param missingBytes what has to come in
   * @param keptBytes what is in the parts
   */
  public record Prepared(long missingBytes, long keptBytes) {}

  /**
   * Leaves a download that lacks only what is damaged. When this returns the job is there, free,
   * with a journal; a crash before that leaves a claim without a journal, which the command's
   * intake completes into a download of whole files.
   *
   * @param command with its id; its source is {@code repair} and its revision the version's commit
   * @param manifest of the version
   * @param damaged files of it that are not what the manifest says
   * @return empty if there is such a job already, or somebody works on it
   */
  public Optional<Prepared> prepare(
      Claims claims, DownloadRequested command, Manifest manifest, List<ManifestFile> damaged)
      throws IOException {
    volume.requireStillHere();
    RequestId id = command.requestId().orElseThrow();
    Path place = layout.job(id);
    if (journals.read(id).isPresent()) {
      return Optional.empty();
    }
    boolean unused = claims.create(place);
    Optional<Claim> claim = claims.takeIfPossible(place);
    if (claim.isEmpty()) {
      return Optional.empty();
    }
    try (Claim held = claim.get()) {
      if (journals.read(id).isPresent()) {
        return Optional.empty();
      }
      List<JournalFile> files = new ArrayList<>();
      for (ManifestFile file : damaged) {
        files.add(file(held, manifest, file, files.size() + 1));
      }
      journals.write(held, journal(id, command, manifest, held, files));
      long total = damaged.stream().mapToLong(ManifestFile::sizeBytes).sum();
      long kept = files.stream().mapToLong(Repairs::keptBytes).sum();
      return Optional.of(new Prepared(total - kept, kept));
    }
  }

  /** The repair of a version that is under way, if one is. */
  public Optional<RequestId> underWay(ModelName model, CommitId commit) throws IOException {
    for (RequestId id : journals.list()) {
      try {
        Optional<Journal> journal = journals.read(id);
        if (journal.filter(it -> isRepairOf(it, model, commit)).isPresent()
            && !Journals.isFinal(journal.get().state())) {
          return Optional.of(id);
        }
      } catch (UnreadableFile e) {
        // Nobody knows what it is, so it repairs nothing.
        continue;
      }
    }
    return Optional.empty();
  }

  private static boolean isRepairOf(Journal journal, ModelName model, CommitId commit) {
    return journal.model().equals(model)
        && journal.command().source().equals(Optional.of(DownloadSource.REPAIR))
        && journal.command().revision().equals(Optional.of(commit.value()));
  }

  private JournalFile file(Claim claim, Manifest manifest, ManifestFile file, int number)
      throws IOException {
    String part = String.format("parts/%04d", number);
    Path damaged = Layout.below(layout.tree(manifest.model(), manifest.commit()), file.path());
    List<Path> sources = new ArrayList<>(List.of(damaged));
    // What another version's repair brought is there already, and most small files are.
    file.sha256().ifPresent(digest -> sources.add(layout.blob(digest)));
    BlockRanges good =
        file.blocks().isPresent()
            ? claim.guard(() -> new GoodBlocks(volume).copy(sources, file, claim, part))
            : BlockRanges.NONE;
    boolean any = good.count() > 0;
    return new JournalFile(
        file.path(),
        file.sizeBytes(),
        file.sha256(),
        // What the hub vouches for by its SHA-256 has none; with it the other would be ignored.
        file.verifiedBy().equals(Optional.of(VerifiedBy.SHA256))
            ? Optional.empty()
            : file.gitSha1(),
        Optional.empty(),
        Optional.of(part),
        any ? Optional.of(good) : Optional.empty(),
        any ? file.blocks().map(Blocks::crc32c) : Optional.empty(),
        false,
        0);
  }

  private static long keptBytes(JournalFile file) {
    return file.blocksDone().orElse(BlockRanges.NONE).stream()
        .mapToLong(
            block ->
                Math.min(Blocks.SIZE_BYTES, file.sizeBytes() - (long) block * Blocks.SIZE_BYTES))
        .sum();
  }

  private Journal journal(
      RequestId id,
      DownloadRequested command,
      Manifest manifest,
      Claim claim,
      List<JournalFile> files) {
    Instant now = clock.instant();
    return new Journal(
        Journal.FORMAT,
        id,
        List.of(id),
        command,
        manifest.model(),
        volume.location(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DownloadState.REQUESTED,
        Optional.empty(),
        Optional.empty(),
        0,
        1,
        claim.holder().toString(),
        files.stream().mapToLong(JournalFile::sizeBytes).sum(),
        files.stream().mapToLong(Repairs::keptBytes).sum(),
        0,
        0,
        files,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now,
        now);
  }
}
