package io.modeldepot.store.manifest;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which versions a volume has. Reads the volume at every call and keeps nothing. */
public final class Versions {
  private static final Pattern MODEL = Pattern.compile(ModelName.PATTERN);
  private static final Pattern MANIFEST = Pattern.compile("(" + CommitId.PATTERN + ")\\.json");

  private final Layout layout;
  private final FileCalls calls;

  /** The versions of a volume. */
  public Versions(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
  }

  /** Every model that has a directory, sorted; it may have no version. */
  public List<ModelName> models() throws IOException {
    return names(layout.versions()).stream()
        .filter(name -> MODEL.matcher(name).matches())
        .map(ModelName::of)
        .toList();
  }

  /** The versions of a model, sorted by commit: those whose manifest exists. */
  public List<CommitId> commits(ModelName model) throws IOException {
    List<CommitId> commits = new ArrayList<>();
    for (String name : names(layout.model(model))) {
      var matcher = MANIFEST.matcher(name);
      if (matcher.matches()) {
        commits.add(CommitId.of(matcher.group(1)));
      }
    }
    return commits;
  }

  /**
   * Which version is current; empty if the model never had one.
   *
   * @throws UnreadableFile if {@code current.json} is damaged
   */
  public Optional<Current> current(ModelName model) throws IOException {
    return read(layout.current(model), Current.class);
  }

  /**
   * The manifest of a version; empty if there is no such version.
   *
   * @throws UnreadableFile if it is damaged
   */
  public Optional<Manifest> manifest(ModelName model, CommitId commit) throws IOException {
    return read(layout.manifest(model, commit), Manifest.class);
  }

  /** Whether a version has a signature file. */
  public boolean isSigned(Manifest manifest) throws IOException {
    return signature(manifest.model(), manifest.commit()).isPresent();
  }

  /** The signature file of a version, unchecked; empty if it has none. */
  public Optional<byte[]> signature(ModelName model, CommitId commit) throws IOException {
    return bytes(layout.signature(model, commit));
  }

  /** The manifest of the current version, if the model has one. */
  public Optional<Manifest> currentManifest(ModelName model) throws IOException {
    Optional<CommitId> commit = current(model).flatMap(Current::commit);
    return commit.isPresent() ? manifest(model, commit.get()) : Optional.empty();
  }

  /** The immutable tree of the current version, as engines are told, if the model has one. */
  public Optional<Path> currentTree(ModelName model) throws IOException {
    return currentManifest(model).map(manifest -> layout.tree(model, manifest.commit()));
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

  private <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    Optional<byte[]> bytes = bytes(file);
    try {
      return bytes.isPresent() ? Optional.of(Wire.read(bytes.get(), type)) : Optional.empty();
    } catch (UnreadablePayload e) {
      throw new UnreadableFile(file, e);
    }
  }

  private Optional<byte[]> bytes(Path file) throws IOException {
    try {
      return Optional.of(SafeFile.read(calls, file));
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
