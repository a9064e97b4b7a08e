package io.modeldepot.backup.export;

import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes the current versions of a volume into one tar: their manifests below {@value #MANIFESTS},
 * by which an import finds out what they are, then their files. Changes nothing on the volume.
 */
public final class TarExport {
  /** Below which name the manifests stand, {@code <model>.json}, before everything else. */
  public static final String MANIFESTS = ".export/manifests/";

  /** Below which name the signatures stand, {@code <model>.sig}, of the versions that have one. */
  public static final String SIGNATURES = ".export/signatures/";

  /** Below which name the files stand, {@code <family>/<model>/…}. */
  public static final String FILES = "models/";

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MODE = 0100644;

  private final ModelStore store;

  /** Exports of a volume. */
  public TarExport(ModelStore store) {
    this.store = store;
  }

  /**
   * What was exported.
   *
   * @param models how many
   * @param files how many
   * @param bytes before compression
   */
  public record Report(int models, int files, long bytes) {}

  /**
   * Exports.
   *
   * @param out is closed in the end
   * @throws WrongContent if a file is not what its manifest says; what was written is no export
   */
  public Report write(Scope scope, OutputStream out, Packing packing, int threads, Watcher watcher)
      throws IOException {
    List<Manifest> manifests = manifests(scope);
    long total = manifests.stream().mapToLong(TarExport::bytes).sum();
    int files = manifests.stream().mapToInt(m -> m.presentFiles().size()).sum();
    AtomicLong done = new AtomicLong();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            packing.over(new BufferedOutputStream(out, BUFFER_BYTES), threads), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Manifest manifest : manifests) {
        byte[] canonical = CanonicalJson.of(manifest);
        head(tar, MANIFESTS + manifest.model() + ".json", canonical, manifest);
        Optional<byte[]> signature =
            store.versions().signature(manifest.model(), manifest.commit());
        if (signature.isPresent()) {
          head(tar, SIGNATURES + manifest.model() + ".sig", signature.get(), manifest);
        }
      }
      for (Manifest manifest : manifests) {
        for (ManifestFile file : manifest.presentFiles()) {
          file(manifest, file, tar, bytes -> watcher.at(done.addAndGet(bytes), total, files));
        }
      }
      tar.finish();
    }
    return new Report(manifests.size(), files, total);
  }

  private static void head(
      TarArchiveOutputStream tar, String name, byte[] content, Manifest manifest)
      throws IOException {
    begin(tar, name, content.length, manifest);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private List<Manifest> manifests(Scope scope) throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (ModelName model : store.versions().models()) {
      Optional<Manifest> current = store.versions().currentManifest(model);
      if (current.isPresent() && scope.has(current.get().family(), model, current.get().commit())) {
        manifests.add(current.get());
      }
    }
    return manifests;
  }

  private void file(
      Manifest manifest, ManifestFile file, TarArchiveOutputStream tar, LongConsumer written)
      throws IOException {
    String name = FILES + manifest.family() + "/" + manifest.model() + "/" + file.path();
    begin(tar, name, file.sizeBytes(), manifest);
    Path path = Layout.below(store.layout().tree(manifest.model(), manifest.commit()), file.path());
    Digester digester = Digester.sha256(file.sizeBytes());
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (OpenFile open = store.volume().calls().openForReading(path)) {
      if (open.size() != file.sizeBytes()) {
        throw new WrongContent(store.layout().shown(path));
      }
      while (digester.done() < file.sizeBytes()) {
        int read = open.read(buffer.clear(), digester.done());
        if (read == 0 || digester.done() + read > file.sizeBytes()) {
          throw new WrongContent(store.layout().shown(path));
        }
        digester.update(buffer.array(), 0, read);
        tar.write(buffer.array(), 0, read);
        written.accept(read);
      }
    }
    if (!file.sha256().filter(digester.finish().sha256()::equals).isPresent()) {
      throw new WrongContent(store.layout().shown(path));
    }
    tar.closeArchiveEntry();
  }

  private static void begin(
      TarArchiveOutputStream tar, String name, long sizeBytes, Manifest manifest)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(sizeBytes);
    entry.setMode(MODE);
    entry.setModTime(Date.from(manifest.createdAt()));
    tar.putArchiveEntry(entry);
  }

  private static long bytes(Manifest manifest) {
    return manifest.presentFiles().stream().mapToLong(ManifestFile::sizeBytes).sum();
  }
}
