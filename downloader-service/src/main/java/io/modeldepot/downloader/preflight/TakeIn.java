package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.Tally;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.publish.Wishes;
import io.modeldepot.downloader.trust.RefusedByPolicy;
import io.modeldepot.downloader.trust.Trust;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.adopt.Unadoptable;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.publish.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Takes a tree in from a directory. Which commit that is only its bytes say, so reading, verifying
 * and publishing are one call of the store, and the job goes from resolving to announcing.
 */
@ApplicationScoped
public class TakeIn implements TakingIn {
  private final PreflightSettings settings;
  private final KnownVersions known;
  private final Wishes wishes;
  private final Trust trust;

  @Inject
  TakeIn(PreflightSettings settings, KnownVersions known, Wishes wishes, Trust trust) {
    this.settings = settings;
    this.known = known;
    this.wishes = wishes;
    this.trust = trust;
  }

  @Override
  public void work(Turn turn, Shelf shelf, DownloadSource source)
      throws IOException, InterruptedException {
    Job job = turn.job();
    Optional<String> from = job.command().from();
    Optional<Allowed> allowed = from.isPresent() ? allowed(shelf, from.get()) : Optional.empty();
    if (allowed.isEmpty()) {
      turn.happen(new JobEvent.Refused(forbidden(from.orElse(""))));
      return;
    }
    try {
      CommitId commit =
          shelf.underClaim(
              job.model(),
              claim -> {
                turn.claim().requireHeld();
                Publication done = adopt(turn, shelf, claim, allowed.get(), source);
                CommitId at = done.current().commit().orElseThrow();
                Wishes.Outcome unused = wishes.makeCurrent(shelf, claim, job.model(), at);
                Manifest manifest = done.manifest().orElseThrow();
                trust.sign(shelf, claim, manifest);
                whole(turn, manifest);
                return at;
              });
      turn.happen(new JobEvent.AlreadyHere(commit));
    } catch (RefusedByPolicy e) {
      turn.happen(new JobEvent.Refused(e.problem()));
    } catch (BadNames e) {
      turn.happen(
          new JobEvent.Refused(Problem.of(ProblemCode.BAD_NAME, String.valueOf(e.getMessage()))));
    } catch (Unadoptable e) {
      turn.happen(
          new JobEvent.Refused(Problem.of(ProblemCode.INVALID, String.valueOf(e.getMessage()))));
    } catch (UncheckedIOException e) {
      if (!turn.stop().isCancelled()) {
        throw e;
      }
      // Told to stop; whoever told it says what becomes of the job.
    }
  }

  private Publication adopt(
      Turn turn,
      Shelf shelf,
      io.modeldepot.store.claim.Claim claim,
      Allowed allowed,
      DownloadSource source)
      throws IOException {
    Job job = turn.job();
    Target target = job.target().orElseThrow();
    Source origin =
        new Source(
            source == DownloadSource.ADOPT ? SourceKind.ADOPTED : SourceKind.IMPORT,
            Optional.empty(),
            target.repository(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    AtomicLong read = new AtomicLong();
    long total = bytes(allowed.directory());
    return shelf
        .store()
        .adopter()
        .adopt(
            claim,
            new Adopter.Tree(
                allowed.directory(), allowed.root(), job.model(), target.family(), origin),
            new TreeInspection(trust, job.model()),
            known.generation(job.model()),
            more -> {
              if (turn.stop().isCancelled()) {
                throw new UncheckedIOException(new InterruptedIOException());
              }
              long done = read.addAndGet(more);
              turn.note(it -> it.withTally(Tally.still(total, done, 0, 0, 0, 0)));
            });
  }

  private static void whole(Turn turn, Manifest manifest) {
    long bytes = manifest.files().stream().mapToLong(ManifestFile::sizeBytes).sum();
    int files = manifest.files().size();
    turn.note(job -> job.withTally(Tally.still(bytes, bytes, bytes, 0, files, files)));
  }

  /**
   * A directory that may be read.
   *
   * @param directory it, links resolved
   * @param root the configured directory above it
   */
  private record Allowed(Path directory, Path root) {}

  /** Below a configured root, or below the volume's own {@code models}, links resolved. */
  private Optional<Allowed> allowed(Shelf shelf, String from) {
    List<Path> roots = new ArrayList<>(settings.importRoots().orElseGet(List::of));
    roots.add(shelf.store().layout().models());
    try {
      Path asked = Path.of(from);
      if (!asked.isAbsolute() || !Files.isDirectory(asked)) {
        return Optional.empty();
      }
      Path directory = asked.toRealPath();
      for (Path root : roots) {
        if (Files.isDirectory(root)) {
          Path real = root.toRealPath();
          if (directory.startsWith(real) && !directory.equals(real)) {
            return Optional.of(new Allowed(directory, real));
          }
        }
      }
      return Optional.empty();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Problem forbidden(String from) {
    return Problem.of(
        ProblemCode.FORBIDDEN,
        "\"from\" has to name a directory below one that the downloader is configured to read.",
        from.isEmpty() ? Map.of() : Map.of("from", from));
  }

  private static long bytes(Path tree) throws IOException {
    long sum = 0;
    for (Path file : files(tree)) {
      sum += Files.size(file);
    }
    return sum;
  }

  static List<Path> files(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
