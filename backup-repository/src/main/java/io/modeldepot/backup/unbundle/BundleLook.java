package io.modeldepot.backup.unbundle;

import io.modeldepot.backup.bundle.BadBundle;
import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.backup.bundle.BundleNames;
import io.modeldepot.backup.bundle.BundledContent;
import io.modeldepot.backup.bundle.BundledVersion;
import io.modeldepot.backup.bundle.IndexFile;
import io.modeldepot.backup.bundle.Vouching;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Verifies a whole bundle. Writes nothing, and knows no volume. */
final class BundleLook {
  private static final int MOST_HEAD_BYTES = 16 << 20;

  private final FileCalls calls;
  private final Path directory;

  BundleLook(FileCalls calls, Path directory) {
    this.calls = calls;
    this.directory = directory;
  }

  /**
   * A bundle that is whole.
   *
   * @param index its index
   * @param signer fingerprint of the key that signed it; empty where nobody was asked
   * @param versions what it brings
   */
  record Looked(BundleIndex index, Optional<String> signer, List<ReceivedVersion> versions) {}

  /**
   * Verifies it.
   *
   * @param trusted whose signature counts; empty: nobody's is asked for
   * @param roomBytes a stream that is longer is not even read
   * @throws BadBundle if it may not be taken in
   */
  Looked look(Optional<ModelVerifier> trusted, long roomBytes, Watcher watcher) throws IOException {
    byte[] written = read(BundleNames.INDEX);
    Optional<String> signer = vouched(written, trusted);
    BundleIndex index = IndexFile.parse(written);
    if (!index.isFinished()) {
      throw damaged("It has " + index.parts().size() + " of " + index.partCount() + " parts.");
    }
    if (index.contentBytes() > roomBytes) {
      throw new NoRoom(index.contentBytes(), roomBytes);
    }
    Map<Sha256, byte[]> heads =
        new PartsReading(calls, directory, index, heads(index)).read(watcher);
    return new Looked(index, signer, versions(index, heads));
  }

  private Optional<String> vouched(byte[] written, Optional<ModelVerifier> trusted)
      throws IOException {
    if (trusted.isEmpty()) {
      Vouching.checkSum(written, read(BundleNames.SUMS));
      return Optional.empty();
    }
    Optional<byte[]> signature = IndexFile.read(calls, directory.resolve(BundleNames.SIGNATURE));
    return Optional.of(Vouching.check(written, signature, trusted.get()));
  }

  private byte[] read(String name) throws IOException {
    Optional<byte[]> file = IndexFile.read(calls, directory.resolve(name));
    if (file.isPresent()) {
      return file.get();
    }
    boolean begun = calls.stat(directory.resolve(BundleNames.UNFINISHED)).isPresent();
    throw new BadBundle(
        BadBundle.Kind.ELSEWHERE,
        directory + " has no " + name + (begun ? ": its making was interrupted." : "."),
        begun
            ? "repeat the  bundle create  that made it; it goes on where it was"
            : "name the directory into which  bundle create  wrote, with all its files");
  }

  private static Set<Sha256> heads(BundleIndex index) throws BadBundle {
    Set<Sha256> heads = new HashSet<>();
    for (BundledVersion version : index.versions()) {
      head(heads, version.manifest());
      if (version.signature().isPresent()) {
        head(heads, version.signature().get());
      }
    }
    return heads;
  }

  private static void head(Set<Sha256> heads, BundledContent content) throws BadBundle {
    if (content.sizeBytes() > MOST_HEAD_BYTES) {
      throw damaged("A manifest or signature is longer than any honest one.");
    }
    heads.add(content.sha256());
  }

  private static List<ReceivedVersion> versions(BundleIndex index, Map<Sha256, byte[]> heads)
      throws BadBundle {
    Map<Sha256, Long> named = new HashMap<>();
    index.contents().forEach(content -> named.put(content.sha256(), content.sizeBytes()));
    index.needed().forEach(content -> named.put(content.sha256(), content.sizeBytes()));
    Set<Sha256> used = new HashSet<>(heads.keySet());
    List<ReceivedVersion> versions = new ArrayList<>();
    for (BundledVersion said : index.versions()) {
      Manifest manifest = manifest(said, bytes(heads, said.manifest()));
      for (ManifestFile file : manifest.presentFiles()) {
        Sha256 digest =
            file.sha256().orElseThrow(() -> damaged(said.shown() + " has a file without digest."));
        Long size = named.get(digest);
        if (size == null || size != file.sizeBytes()) {
          throw damaged(said.shown() + " has the file " + file.path() + ", which is not brought.");
        }
        used.add(digest);
      }
      Optional<BundledContent> signature = said.signature();
      versions.add(
          new ReceivedVersion(
              said,
              manifest,
              signature.isPresent()
                  ? Optional.of(bytes(heads, signature.get()))
                  : Optional.empty()));
    }
    if (!used.containsAll(named.keySet())) {
      throw damaged("It has contents that belong to no version.");
    }
    return versions;
  }

  private static byte[] bytes(Map<Sha256, byte[]> heads, BundledContent content) throws BadBundle {
    byte[] bytes = heads.get(content.sha256());
    if (bytes == null || bytes.length != content.sizeBytes()) {
      throw damaged("A manifest or signature is not among its contents.");
    }
    return bytes;
  }

  private static Manifest manifest(BundledVersion said, byte[] json) throws BadBundle {
    try {
      Manifest manifest = Wire.read(json, Manifest.class);
      boolean same =
          manifest.format() == Manifest.FORMAT
              && manifest.model().equals(said.model())
              && manifest.commit().equals(said.commit())
              && manifest.family().equals(said.family());
      if (!same || manifest.files().size() > Manifest.MAX_FILES) {
        throw damaged(said.shown() + " has the manifest of something else, or a later one.");
      }
      FilePaths.requireGood(manifest.files().stream().map(ManifestFile::path).toList());
      return manifest;
    } catch (UnreadablePayload e) {
      throw damaged(said.shown() + " has a manifest that cannot be read: " + e.detail());
    } catch (BadNames e) {
      throw damaged(said.shown() + ": " + e.getMessage());
    }
  }

  private static BadBundle damaged(String what) {
    return new BadBundle(
        BadBundle.Kind.UNREADABLE,
        what,
        "take only bundles that you know; one made by  bundle create  has nothing of the kind");
  }
}
