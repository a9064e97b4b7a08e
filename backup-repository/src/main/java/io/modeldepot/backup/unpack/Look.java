package io.modeldepot.backup.unpack;

import io.modeldepot.backup.export.Packing;
import io.modeldepot.backup.export.TarExport;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.unpack.FoundModel.FoundFile;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.layout.FilePaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Reads a whole archive and says what is in it. Writes nothing. */
final class Look {
  private static final int MOST_FILES = 20_000;
  private static final int MANIFEST_BYTES = 8 << 20;
  private static final int SIGNATURE_BYTES = 16 << 20;

  private final Scope scope;
  private final long roomBytes;
  private final Map<ModelName, Manifest> manifests = new TreeMap<>(byName());
  private final Map<ModelName, byte[]> signatures = new TreeMap<>(byName());
  private final Map<ModelName, FamilyName> families = new TreeMap<>(byName());
  private final Map<ModelName, Map<String, FoundFile>> files = new TreeMap<>(byName());
  private long bytes;

  /**
   * @param scope what is looked for
   * @param roomBytes more cannot be taken in, so it is not even read
   */
  Look(Scope scope, long roomBytes) {
    this.scope = scope;
    this.roomBytes = roomBytes;
  }

  private static java.util.Comparator<ModelName> byName() {
    return java.util.Comparator.comparing(ModelName::value);
  }

  /**
   * Reads it.
   *
   * @throws BadArchive if it may not be taken in
   * @throws NoRoom as soon as its headers claim more than there is room for
   */
  List<FoundModel> at(Path file, Packing packing, LongConsumer packedBytes) throws IOException {
    try (ArchiveReading archive = ArchiveReading.open(file, packing, packedBytes)) {
      Optional<ArchiveReading.Entry> entry;
      while ((entry = archive.next()).isPresent()) {
        switch (entry.get().place()) {
          case Place.OfManifest of -> manifest(archive, entry.get(), of);
          case Place.OfSignature of -> signature(archive, entry.get(), of);
          case Place.OfModel of when isAskedFor(of) -> file(archive, entry.get(), of);
          case Place.OfModel _, Place.Elsewhere _ -> {
            // Passed over, but to its end: what is cut off there is cut off.
            archive.content(entry.get(), (buffer, length) -> {});
          }
        }
      }
    }
    return found();
  }

  private boolean isAskedFor(Place.OfModel of) {
    return scope.family().map(of.family()::equals).orElse(true)
        && scope.model().map(of.model()::equals).orElse(true);
  }

  private void manifest(ArchiveReading archive, ArchiveReading.Entry entry, Place.OfManifest of)
      throws IOException {
    if (entry.target().isPresent() || entry.sizeBytes() > MANIFEST_BYTES) {
      throw BadArchive.entry(entry.name(), "is no manifest");
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    archive.content(entry, (buffer, length) -> json.write(buffer, 0, length));
    try {
      Manifest manifest = Wire.read(json.toByteArray(), Manifest.class);
      if (!manifest.model().equals(of.model())) {
        throw BadArchive.entry(entry.name(), "is the manifest of " + manifest.model());
      }
      if (manifests.put(of.model(), manifest) != null) {
        throw BadArchive.entry(entry.name(), "is there twice");
      }
    } catch (UnreadablePayload e) {
      throw BadArchive.entry(entry.name(), "is no manifest that can be read: " + e.detail());
    }
  }

  private void signature(ArchiveReading archive, ArchiveReading.Entry entry, Place.OfSignature of)
      throws IOException {
    if (entry.target().isPresent() || entry.sizeBytes() > SIGNATURE_BYTES) {
      throw BadArchive.entry(entry.name(), "is no signature");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    archive.content(entry, (buffer, length) -> bytes.write(buffer, 0, length));
    if (signatures.put(of.model(), bytes.toByteArray()) != null) {
      throw BadArchive.entry(entry.name(), "is there twice");
    }
  }

  private void file(ArchiveReading archive, ArchiveReading.Entry entry, Place.OfModel of)
      throws IOException {
    if (!families.computeIfAbsent(of.model(), m -> of.family()).equals(of.family())) {
      throw BadArchive.entry(
          entry.name(), "is of a model that is in the family " + families.get(of.model()) + " too");
    }
    Optional<String> bad = FilePaths.fault(of.path()).map(Object::toString);
    if (bad.isPresent()) {
      throw BadArchive.entry(entry.name(), "may not be on the volume: " + bad.get());
    }
    Map<String, FoundFile> known = files.computeIfAbsent(of.model(), m -> new LinkedHashMap<>());
    FoundFile found =
        entry.target().isPresent()
            ? linked(entry, of, known)
            : new FoundFile(entry.sizeBytes(), read(archive, entry), Optional.empty());
    if (known.put(of.path(), found) != null) {
      throw BadArchive.entry(entry.name(), "is there twice");
    }
    if (known.size() > MOST_FILES) {
      throw BadArchive.entry(
          "models/" + of.family() + "/" + of.model(), "has more than " + MOST_FILES + " files");
    }
  }

  private io.modeldepot.events.terms.Sha256 read(ArchiveReading archive, ArchiveReading.Entry entry)
      throws IOException {
    bytes += entry.sizeBytes();
    if (bytes < 0 || bytes > roomBytes) {
      throw new NoRoom(bytes < 0 ? Long.MAX_VALUE : bytes, roomBytes);
    }
    Digester digester = Digester.sha256(entry.sizeBytes());
    archive.content(entry, (buffer, length) -> digester.update(buffer, 0, length));
    return digester.finish().sha256();
  }

  private static FoundFile linked(
      ArchiveReading.Entry entry, Place.OfModel of, Map<String, FoundFile> known)
      throws BadArchive {
    String target = entry.target().orElseThrow();
    if (Place.of(target) instanceof Place.OfModel to && to.model().equals(of.model())) {
      FoundFile there = known.get(to.path());
      if (there != null) {
        return new FoundFile(
            there.sizeBytes(), there.sha256(), Optional.of(there.linkTo().orElse(to.path())));
      }
    }
    throw BadArchive.link(entry.name(), target, "which is no file of this model before it");
  }

  private List<FoundModel> found() throws IOException {
    List<FoundModel> found = new ArrayList<>();
    for (Map.Entry<ModelName, Map<String, FoundFile>> one : files.entrySet()) {
      ModelName model = one.getKey();
      FamilyName family = families.getOrDefault(model, FamilyName.of("unknown"));
      FilePaths.requireGood(one.getValue().keySet());
      Optional<Manifest> manifest = Optional.ofNullable(manifests.remove(model));
      if (manifest.isPresent()) {
        requireAsSaid(manifest.get(), family, one.getValue());
      }
      found.add(
          new FoundModel(
              model,
              family,
              manifest,
              manifest.flatMap(m -> Optional.ofNullable(signatures.get(m.model()))),
              one.getValue()));
    }
    for (Manifest manifest : manifests.values()) {
      if (scope.has(manifest.family(), manifest.model(), manifest.commit())) {
        throw BadArchive.damaged("it has the manifest of " + manifest.model() + " and no file.");
      }
    }
    if (found.isEmpty()) {
      throw new BadArchive(
          scope.model().isPresent() || scope.family().isPresent()
              ? "It has nothing of " + scope + "."
              : "It has no " + TarExport.FILES + "FAMILY/MODEL/ in it.",
          scope.model().isPresent() || scope.family().isPresent()
              ? "see what is in it:  tar -tf FILE"
              : "unpack it with  tar  and take its directories in:  import DIR --name NAME");
    }
    return found;
  }

  private static void requireAsSaid(
      Manifest manifest, FamilyName family, Map<String, FoundFile> files) throws BadArchive {
    String where = TarExport.FILES + family + "/" + manifest.model() + "/";
    if (!manifest.family().equals(family)) {
      throw BadArchive.entry(where, "is of the family " + manifest.family() + " by its manifest");
    }
    int said = 0;
    for (ManifestFile file : manifest.files()) {
      if (!file.present()) {
        continue;
      }
      said++;
      FoundFile found = files.get(file.path());
      if (found == null) {
        throw BadArchive.damaged(where + file.path() + " is in its manifest and not there.");
      }
      if (found.sizeBytes() != file.sizeBytes()
          || file.sha256().filter(found.sha256()::equals).isEmpty()) {
        throw BadArchive.damaged(where + file.path() + " is not what its manifest says.");
      }
    }
    if (said != files.size()) {
      throw BadArchive.entry(where, "has files that its manifest does not know");
    }
  }
}
