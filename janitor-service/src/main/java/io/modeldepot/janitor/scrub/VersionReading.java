package io.modeldepot.janitor.scrub;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.chunk.ChunkLists;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.integrity.VersionReport;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.survey.Survey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Reads one version again, one file after the other. What was found whole is written down as it
 * goes, so that a process that is stopped in the middle costs the file it was at, and no more. A
 * large file that has no list of its pieces gets one, once, from a second reading.
 */
final class VersionReading {
  private static final Duration BETWEEN_NOTES = Duration.ofSeconds(5);

  private final ModelStore store;
  private final CheckBook book;

  VersionReading(ModelStore store, CheckBook book) {
    this.store = store;
    this.book = book;
  }

  /**
   * Reads what is left to read.
   *
   * @param first files to read before the others
   * @param pace hears of bytes that were read; may throw to stop
   * @return empty if there is no such version any more
   */
  Optional<VersionReport> read(
      Survey.Version version, List<String> first, Verifier verifier, LongConsumer pace)
      throws IOException {
    long begun = System.nanoTime();
    Optional<VersionReport> names =
        verifier.verify(version.model(), version.commit(), Verifier.Depth.NAMES, bytes -> {});
    if (names.isEmpty()) {
      return names;
    }
    Manifest manifest = names.get().manifest();
    CheckBook.Check note =
        book.last(version.model(), version.commit())
            .orElseGet(() -> CheckBook.Check.of(version.publishedAt(), false));
    Set<String> good = new HashSet<>(note.good());
    good.removeAll(first);
    List<Finding> findings = new ArrayList<>();
    names.get().findings().stream().filter(Finding.Extra.class::isInstance).forEach(findings::add);
    AtomicLong bytes = new AtomicLong();
    int files = 0;
    long notedAt = begun;
    boolean complete = false;
    try {
      for (ManifestFile file : inOrder(manifest, first)) {
        if (good.contains(file.path())) {
          continue;
        }
        List<Finding> its =
            verifier.verifyFile(
                manifest,
                file,
                piece -> {
                  bytes.addAndGet(piece);
                  pace.accept(piece);
                });
        files++;
        findings.addAll(its);
        if (its.isEmpty()) {
          good.add(file.path());
          list(version, file, pace);
        }
        if (System.nanoTime() - notedAt > BETWEEN_NOTES.toNanos()) {
          note(version, note, good);
          notedAt = System.nanoTime();
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        note(version, note, good);
      }
    }
    findings.sort(Comparator.comparing(Finding::path));
    return Optional.of(
        new VersionReport(
            manifest, findings, files, bytes.get(), Duration.ofNanos(System.nanoTime() - begun)));
  }

  /** Of a file that came in another way than from a hub, or before there were lists of pieces. */
  private void list(Survey.Version version, ManifestFile file, LongConsumer pace)
      throws IOException {
    Sha256 sha256 = file.sha256().orElseThrow();
    ChunkLists lists = store.chunkLists();
    if (!lists.isListed(file.sizeBytes())
        || lists.has(sha256)
        || store.blobs().find(sha256, file.sizeBytes()).isEmpty()) {
      return;
    }
    ChunkList unused =
        lists.make(
            Layout.below(store.layout().tree(version.model(), version.commit()), file.path()),
            sha256,
            pace);
  }

  private void note(Survey.Version version, CheckBook.Check note, Set<String> good)
      throws IOException {
    book.write(version.model(), version.commit(), note.reading(good.stream().sorted().toList()));
  }

  private static List<ManifestFile> inOrder(Manifest manifest, List<String> first) {
    Set<String> before = new HashSet<>(first);
    return manifest.presentFiles().stream()
        .sorted(
            Comparator.comparing((ManifestFile it) -> !before.contains(it.path()))
                .thenComparing(ManifestFile::path))
        .toList();
  }
}
