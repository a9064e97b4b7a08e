package io.modeldepot.mirror.shelf;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Source;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.manifest.UnreadableFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Versions that are being downloaded, as their journals on the volume show them. Reads only, holds
 * nothing, and remembers nothing. Blocking; for virtual threads.
 */
@ApplicationScoped
public class Arrivals {
  private final Shelf shelf;

  Arrivals(Shelf shelf) {
    this.shelf = shelf;
  }

  /**
   * How a download is; of one that waits for another's work, how that one is. Empty while no
   * downloader took it, or if its journal cannot be read.
   *
   * @throws ShelfUnavailable if the volume cannot be read
   */
  public Optional<Journal> journal(RequestId id) {
    Optional<Journal> own = read(id);
    return own.flatMap(Journal::joinedTo).flatMap(this::read).or(() -> own);
  }

  /**
   * The download of a repository that goes on now, whoever asked for it.
   *
   * @param revision branch, tag or commit; empty for what a request without one brings
   * @throws ShelfUnavailable if the volume cannot be read
   */
  public Optional<Journal> running(RepositoryId repository, Optional<String> revision) {
    try {
      for (RequestId id : shelf.volume().journals().claimed()) {
        Optional<Journal> journal =
            read(id)
                .filter(it -> !Journals.isFinal(it.state()) && it.state() != DownloadState.JOINED)
                .filter(it -> isOf(it, repository) && brings(it, revision));
        if (journal.isPresent()) {
          return journal;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw shelf.unavailable(e);
    }
  }

  /** What is coming, once the job knows its files and whether they stand behind a gate. */
  public Optional<Arriving> arriving(Journal journal) {
    boolean listed =
        switch (journal.state()) {
          case TRANSFERRING, WAITING, PUBLISHING, ANNOUNCING -> !journal.files().isEmpty();
          default -> false;
        };
    if (!listed || journal.commit().isEmpty() || journal.source().isEmpty()) {
      return Optional.empty();
    }
    Edition edition = edition(journal, journal.source().get());
    SortedMap<String, ManifestFile> files = new TreeMap<>();
    for (JournalFile file : journal.files()) {
      boolean named = file.sha256().isPresent() || file.gitSha1().isPresent();
      if (named && FilePaths.fault(file.path()).isEmpty()) {
        files.put(file.path(), expected(file));
      }
    }
    Path tree = shelf.layout().tree(edition.model(), edition.commit());
    return Optional.of(
        new Arriving(
            journal.requestId(),
            new Book(edition, tree, Collections.unmodifiableSortedMap(files))));
  }

  /**
   * Where the bytes of a file are now.
   *
   * @throws ShelfUnavailable if the volume cannot be read
   */
  public Supply supply(Arriving arriving, ManifestFile wanted) {
    try {
      ModelStore volume = shelf.volume();
      Optional<Path> published = published(volume, arriving, wanted);
      if (published.isPresent()) {
        return new Supply.Whole(published.get());
      }
      Optional<Journal> journal = read(arriving.job());
      if (journal.isEmpty()) {
        return new Supply.NotYet();
      }
      if (Journals.isFinal(journal.get().state())) {
        // Published between the two looks, or never.
        return published(volume, arriving, wanted)
            .<Supply>map(Supply.Whole::new)
            .orElseGet(Supply.Over::new);
      }
      return journal.get().files().stream()
          .filter(it -> it.path().equals(wanted.path()))
          .findFirst()
          .map(it -> supply(volume, arriving.job(), it, wanted))
          .orElseGet(Supply.NotYet::new);
    } catch (IOException e) {
      throw shelf.unavailable(e);
    }
  }

  private Supply supply(ModelStore volume, RequestId job, JournalFile file, ManifestFile wanted) {
    if (!isSame(expected(file), wanted)) {
      return new Supply.Over();
    }
    try {
      if (file.sha256().isPresent()) {
        Optional<Path> blob = volume.blobs().find(file.sha256().get(), file.sizeBytes());
        if (blob.isPresent()) {
          return new Supply.Whole(blob.get());
        }
      }
      if (file.part().isEmpty()) {
        return new Supply.NotYet();
      }
      return volume
          .journals()
          .part(job, file.part().get())
          .<Supply>map(
              part ->
                  new Supply.Growing(
                      file.failures(),
                      part,
                      file.blocksDone().orElse(BlockRanges.NONE).toBits(),
                      crcs(file)))
          .orElseGet(Supply.NotYet::new);
    } catch (IOException e) {
      throw shelf.unavailable(e);
    }
  }

  private static Optional<Path> published(ModelStore volume, Arriving arriving, ManifestFile wanted)
      throws IOException {
    Edition edition = arriving.book().edition();
    try {
      return volume
          .versions()
          .manifest(edition.model(), edition.commit())
          .flatMap(
              manifest ->
                  manifest.files().stream()
                      .filter(it -> it.present() && it.path().equals(wanted.path()))
                      .filter(it -> isSame(it, wanted))
                      .findFirst())
          .map(it -> arriving.book().tree().resolve(it.path()));
    } catch (UnreadableFile e) {
      return Optional.empty();
    }
  }

  /** By git's id where the hub states one, else by the sha256: what the entity tag is made of. */
  private static boolean isSame(ManifestFile one, ManifestFile wanted) {
    return one.sizeBytes() == wanted.sizeBytes()
        && (wanted.gitSha1().isPresent()
            ? one.gitSha1().equals(wanted.gitSha1())
            : one.sha256().equals(wanted.sha256()));
  }

  private static ManifestFile expected(JournalFile file) {
    return new ManifestFile(
        file.path(),
        file.sizeBytes(),
        true,
        file.sha256(),
        file.gitSha1(),
        Optional.empty(),
        Optional.empty());
  }

  private static Edition edition(Journal journal, Source source) {
    return new Edition(
        journal.model(),
        journal.commit().orElseThrow(),
        Edition.Standing.CURRENT,
        source.repository(),
        source.revision(),
        source.licence(),
        source.gated(),
        journal.createdAt(),
        "");
  }

  private static boolean isOf(Journal journal, RepositoryId repository) {
    return journal
        .repository()
        .filter(it -> it.value().equalsIgnoreCase(repository.value()))
        .isPresent();
  }

  private static boolean brings(Journal journal, Optional<String> revision) {
    return revision
        .map(
            it ->
                journal.revision().filter(it::equals).isPresent()
                    || journal.commit().filter(commit -> commit.value().equals(it)).isPresent())
        .orElseGet(() -> journal.command().revision().isEmpty());
  }

  private Optional<Journal> read(RequestId id) {
    try {
      return shelf.volume().journals().read(id);
    } catch (UnreadableFile e) {
      return Optional.empty();
    } catch (IOException e) {
      throw shelf.unavailable(e);
    }
  }

  private static int[] crcs(JournalFile file) {
    byte[] bytes = file.crc32c().map(Base64.getDecoder()::decode).orElse(new byte[0]);
    int[] crcs = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(crcs);
    return crcs;
  }
}
