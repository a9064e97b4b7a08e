package io.modeldepot.store.integrity;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.BlockCrcs;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Compares versions with their manifests; needs neither network nor claim, and a read-only mount
 * will do. One verifier reads an inode once, however many versions share it.
 */
public final class Verifier {
  private static final int WRITABLE = 0222;

  private final Layout layout;
  private final FileCalls calls;
  private final Versions versions;
  private final InodeDigests known;

  /** How closely to look. */
  public enum Depth {
    /** Names, lengths and modes: under a second. */
    NAMES,
    /** Every byte. */
    BYTES
  }

  /** A verifier for a volume. */
  public Verifier(Volume volume) {
    this(volume, new InodeDigests(volume.calls()));
  }

  Verifier(Volume volume, InodeDigests known) {
    this.known = known;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.versions = new Versions(volume);
  }

  /**
   * Verifies a version.
   *
   * @param progress told how many bytes were read, piece by piece, from several threads; may throw
   *     to stop
   * @return empty if there is no such version
   * @throws IOException if the manifest or the tree cannot be looked at; a file that cannot be read
   *     is a finding
   */
  public Optional<VersionReport> verify(
      ModelName model, CommitId commit, Depth depth, LongConsumer progress) throws IOException {
    Optional<Manifest> manifest = versions.manifest(model, commit);
    return manifest.isEmpty()
        ? Optional.empty()
        : Optional.of(verify(manifest.get(), depth, progress));
  }

  /**
   * Verifies one file of a version, every byte.
   *
   * @param progress told how many bytes were read, piece by piece; may throw to stop
   * @return what is wrong with it, the worst first
   */
  public List<Finding> verifyFile(Manifest manifest, ManifestFile file, LongConsumer progress)
      throws IOException {
    Path tree = layout.tree(manifest.model(), manifest.commit());
    List<Finding> findings = new ArrayList<>();
    if (look(file, calls.stat(Layout.below(tree, file.path())), findings)) {
      new Reading(tree, progress).one(file).ifPresent(found -> findings.add(0, found));
    }
    return findings;
  }

  /** Adds what a file's stat says; returns whether its bytes are worth reading. */
  private static boolean look(ManifestFile file, Optional<FileStat> stat, List<Finding> findings) {
    if (stat.isEmpty() || !stat.get().isFile()) {
      findings.add(new Finding.Missing(file.path()));
      return false;
    }
    if (stat.get().sizeBytes() != file.sizeBytes()) {
      findings.add(new Finding.WrongSize(file.path(), file.sizeBytes(), stat.get().sizeBytes()));
      return false;
    }
    if ((stat.get().mode() & WRITABLE) != 0) {
      findings.add(new Finding.WrongMode(file.path(), stat.get().mode()));
    }
    return true;
  }

  private VersionReport verify(Manifest manifest, Depth depth, LongConsumer progress)
      throws IOException {
    long start = System.nanoTime();
    Path tree = layout.tree(manifest.model(), manifest.commit());
    Map<String, FileStat> there = files(tree);
    List<Finding> findings = new ArrayList<>();
    List<ManifestFile> toRead = new ArrayList<>();
    for (ManifestFile file : manifest.files()) {
      if (!file.present()) {
        continue;
      }
      if (look(file, Optional.ofNullable(there.remove(file.path())), findings)) {
        toRead.add(file);
      }
    }
    there.keySet().forEach(path -> findings.add(new Finding.Extra(path)));
    Reading reading = new Reading(tree, progress);
    if (depth == Depth.BYTES) {
      findings.addAll(reading.all(toRead));
    }
    findings.sort(Comparator.comparing(Finding::path));
    return new VersionReport(
        manifest,
        findings,
        reading.files.get(),
        reading.bytes.get(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private Map<String, FileStat> files(Path tree) throws IOException {
    Map<String, FileStat> files = new TreeMap<>();
    if (calls.stat(tree).isEmpty()) {
      return files;
    }
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, tree)) {
      if (!entry.stat().isDirectory()) {
        files.put(entry.path(), entry.stat());
      }
    }
    return files;
  }

  /** The reading of one version's files, as many at once as there are processors. */
  private final class Reading {
    private final Path tree;
    private final LongConsumer progress;
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Reading(Path tree, LongConsumer progress) {
      this.tree = tree;
      this.progress = progress;
    }

    List<Finding> all(List<ManifestFile> toRead) throws IOException {
      int threads = Math.min(Runtime.getRuntime().availableProcessors(), 8);
      // Longest first, so that the last file to end is a short one.
      List<ManifestFile> order = new ArrayList<>(toRead);
      order.sort(Comparator.comparingLong(ManifestFile::sizeBytes).reversed());
      List<Finding> findings = new ArrayList<>();
      try (ExecutorService pool =
          Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("verify-", 0).factory())) {
        List<Future<Optional<Finding>>> futures = new ArrayList<>();
        order.forEach(file -> futures.add(pool.submit(() -> one(file))));
        try {
          for (Future<Optional<Finding>> future : futures) {
            future.get().ifPresent(findings::add);
          }
        } catch (ExecutionException e) {
          pool.shutdownNow();
          throw new IOException("Verification of " + tree + " stopped.", e.getCause());
        } catch (InterruptedException e) {
          pool.shutdownNow();
          Thread.currentThread().interrupt();
          throw new IOException("Verification of " + tree + " was interrupted.", e);
        }
      }
      return findings;
    }

    private Optional<Finding> one(ManifestFile file) throws IOException {
      Path path = Layout.below(tree, file.path());
      FileDigests digests;
      try {
        digests = digests(path);
      } catch (IOException e) {
        return Optional.of(new Finding.Unreadable(file.path(), String.valueOf(e.getMessage())));
      }
      Sha256 expected =
          file.sha256().orElseThrow(() -> new IOException(file.path() + " has no SHA-256"));
      return digests.sha256().equals(expected)
          ? Optional.empty()
          : Optional.of(
              new Finding.Altered(
                  file.path(), expected, digests.sha256(), badBlocks(file, digests)));
    }

    private FileDigests digests(Path path) throws IOException {
      AtomicLong here = new AtomicLong();
      FileDigests digests =
          known.of(
              path,
              piece -> {
                here.addAndGet(piece);
                progress.accept(piece);
              });
      if (here.get() > 0) {
        files.incrementAndGet();
        bytes.addAndGet(here.get());
      }
      return digests;
    }
  }

  private static List<Integer> badBlocks(ManifestFile file, FileDigests actual) {
    if (file.blocks().isEmpty() || actual.sizeBytes() != file.sizeBytes()) {
      return List.of();
    }
    try {
      BlockCrcs expected = BlockCrcs.of(file.blocks().get(), file.sizeBytes());
      BlockCrcs found = BlockCrcs.of(actual.blocks(), actual.sizeBytes());
      List<Integer> bad = new ArrayList<>();
      for (int block = 0; block < expected.count(); block++) {
        if (expected.get(block) != found.get(block)) {
          bad.add(block);
        }
      }
      return bad;
    } catch (IllegalArgumentException e) {
      // Unusable block digests say nothing about where; the SHA-256 has said whether.
      return List.of();
    }
  }
}
