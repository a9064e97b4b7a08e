package io.modeldepot.store.archive;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.blob.Blobs;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * What lies in the archive: {@code .depot/archive/<model>/<commit>/} with {@code manifest.json},
 * {@code index.json}, {@code SHA256SUMS} of both, and {@code frames}. Writes only where it is told,
 * and into the cache.
 */
public final class ArchiveShelf {
  static final String MANIFEST = "manifest.json";
  static final String INDEX = "index.json";
  static final String FRAMES = "frames";

  /** As {@code sha256sum -c} reads it; of the frames every content has its own digest. */
  static final String SUMS = "SHA256SUMS";

  private static final int MODE = 0444;
  private static final Pattern MODEL = Pattern.compile(ModelName.PATTERN);

  private final Layout layout;
  private final FileCalls calls;
  private final Blobs blobs;

  /** The shelf of a volume. */
  public ArchiveShelf(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.blobs = new Blobs(volume);
  }

  /** Every model that has or had something here, sorted. */
  public List<ModelName> models() throws IOException {
    return names(layout.archive()).stream()
        .filter(name -> MODEL.matcher(name).matches())
        .map(ModelName::of)
        .toList();
  }

  /** The archived versions of a model, sorted by commit; those that can be read. */
  public List<ArchivedVersion> of(ModelName model) throws IOException {
    List<ArchivedVersion> found = new ArrayList<>();
    for (CommitId commit : commits(model)) {
      find(model, commit).ifPresent(found::add);
    }
    return found;
  }

  /** The commits that have a directory here, whether it can be read or not, sorted. */
  public List<CommitId> commits(ModelName model) throws IOException {
    return names(place(model)).stream().filter(CommitId::isOne).map(CommitId::of).toList();
  }

  /** An archived version, if it is there and can be read; its frames are not looked at. */
  public Optional<ArchivedVersion> find(ModelName model, CommitId commit) throws IOException {
    try {
      return readable(model, commit);
    } catch (DamagedArchive e) {
      return Optional.empty();
    }
  }

  /**
   * An archived version, if it is there; its frames are not looked at.
   *
   * @throws DamagedArchive if its manifest or its index is not as it was written, or is missing
   */
  public Optional<ArchivedVersion> readable(ModelName model, CommitId commit) throws IOException {
    Path place = place(model, commit);
    try {
      return Optional.of(read(place));
    } catch (FileCallFailed e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
        throw e;
      }
      if (calls.stat(place).isPresent()) {
        throw new DamagedArchive(e.getFile(), "it is missing");
      }
      return Optional.empty();
    }
  }

  /**
   * Packs a version's tree into a new directory, synced, and reads it back.
   *
   * @param wasCurrent whether it is the model's current version
   * @param fresh the directory that is made; its name is not durable yet
   * @param done told how many bytes were packed
   * @throws DamagedArchive if the tree is not what the manifest says, or was not read back so
   */
  public void pack(
      Manifest manifest, boolean wasCurrent, Instant now, Path fresh, LongConsumer done)
      throws IOException {
    calls.mkdir(fresh, DirectoryTree.DIRECTORY_MODE);
    Path tree = layout.tree(manifest.model(), manifest.commit());
    List<ArchivedContent> contents =
        new Packer(calls, done).pack(manifest, tree, fresh.resolve(FRAMES), MODE);
    SafeFile.write(calls, fresh.resolve(MANIFEST), CanonicalJson.of(manifest), MODE);
    ArchiveIndex index = new ArchiveIndex(ArchiveIndex.FORMAT, wasCurrent, contents, now);
    SafeFile.write(calls, fresh.resolve(INDEX), CanonicalJson.of(index), MODE);
    SafeFile.write(calls, fresh.resolve(SUMS), sums(fresh), MODE);
    calls.syncDirectory(fresh);
    verify(read(fresh), bytes -> {});
  }

  /**
   * Reads every byte of an archived version and compares it with its digest.
   *
   * @param done told how many bytes were compared
   * @throws DamagedArchive if one is not as it was
   */
  public void verify(ArchivedVersion entry, LongConsumer done) throws IOException {
    ArchiveIndex index = index(entry.place());
    requireAll(entry, index);
    try (Unpacker unpacker = new Unpacker(calls, entry.place().resolve(FRAMES))) {
      for (ArchivedContent content : index.contents()) {
        unpacker.unpack(content, (bytes, length, at) -> {}, done);
      }
    }
  }

  /**
   * Unpacks every content to a file of its own, verified, synced, and kept in the cache.
   *
   * @param directory empty
   * @throws DamagedArchive if one is not as it was
   */
  public Map<Sha256, Path> unpack(ArchivedVersion entry, Path directory, LongConsumer done)
      throws IOException {
    ArchiveIndex index = index(entry.place());
    requireAll(entry, index);
    Map<Sha256, Path> parts = new HashMap<>();
    try (Unpacker unpacker = new Unpacker(calls, entry.place().resolve(FRAMES))) {
      for (ArchivedContent content : index.contents()) {
        Path part = directory.resolve(String.valueOf(parts.size()));
        try (OpenFile file = calls.create(part, Blobs.CONTENT_MODE)) {
          unpacker.unpack(
              content,
              (bytes, length, at) -> file.write(ByteBuffer.wrap(bytes, 0, length), at),
              done);
          file.sync();
        }
        blobs.keep(part, content.sha256(), content.sizeBytes());
        parts.put(content.sha256(), part);
      }
    }
    return parts;
  }

  /** {@code .depot/archive/<model>}. */
  public Path place(ModelName model) {
    return layout.archive().resolve(model.value());
  }

  /** {@code .depot/archive/<model>/<commit>}. */
  public Path place(ModelName model, CommitId commit) {
    return place(model).resolve(commit.value());
  }

  private ArchivedVersion read(Path place) throws IOException {
    if (!Arrays.equals(SafeFile.read(calls, place.resolve(SUMS)), sums(place))) {
      throw new DamagedArchive(place.toString(), "its manifest or index is not as it was written");
    }
    ArchiveIndex index = index(place);
    Manifest manifest = json(place.resolve(MANIFEST), Manifest.class);
    return new ArchivedVersion(
        manifest,
        index.contents().stream().mapToLong(ArchivedContent::sizeBytes).sum(),
        bytes(place),
        index.wasCurrent(),
        index.archivedAt(),
        place);
  }

  /** What the files of an entry are long together. */
  public long bytes(Path place) throws IOException {
    long sum = 0;
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, place)) {
      sum += entry.stat().isFile() ? entry.stat().sizeBytes() : 0;
    }
    return sum;
  }

  static void requireAll(ArchivedVersion entry, ArchiveIndex index) throws IOException {
    Set<Sha256> there = new HashSet<>();
    index.contents().forEach(content -> there.add(content.sha256()));
    for (ManifestFile file : entry.manifest().files()) {
      if (file.present() && !there.contains(digest(file))) {
        throw new DamagedArchive(entry.place().toString(), file.path() + " is not in it");
      }
    }
  }

  private byte[] sums(Path place) throws IOException {
    StringBuilder sums = new StringBuilder();
    for (String name : List.of(INDEX, MANIFEST)) {
      sums.append(Digests.of(calls, place.resolve(name)).sha256()).append("  ").append(name);
      sums.append('\n');
    }
    return sums.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static Sha256 digest(ManifestFile file) {
    return file.sha256()
        .orElseThrow(() -> new IllegalArgumentException(file.path() + " has no SHA-256."));
  }

  ArchiveIndex index(Path place) throws IOException {
    return json(place.resolve(INDEX), ArchiveIndex.class);
  }

  private <T> T json(Path file, Class<T> type) throws IOException {
    try {
      return Wire.read(SafeFile.read(calls, file), type);
    } catch (UnreadablePayload e) {
      throw new DamagedArchive(file.toString(), e);
    }
  }

  private List<String> names(Path directory) throws IOException {
    try {
      return calls.list(directory);
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return List.of();
      }
      throw e;
    }
  }
}
