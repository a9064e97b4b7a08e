package io.modeldepot.backup.unpack;

import io.modeldepot.backup.restore.ContentOnVolume;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.blob.Blobs;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.blob.Placing;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.volume.Clearing;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The second reading: contents go into the claims of their models, and whole models out. */
final class Taking implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String TREE = "tree";

  private final Shelf shelf;
  private final ModelStore store;
  private final Map<ModelName, FoundModel> found = new HashMap<>();
  private final Map<ModelName, Set<String>> wanted;
  private final ContentOnVolume there;
  private final ToLongFunction<ModelName> shownGeneration;
  private final Adopter.Inspection inspection;
  private final Map<ModelName, Opened> open = new HashMap<>();
  private final List<ImportReport.Imported> imported = new ArrayList<>();
  private int files;
  private long writtenBytes;
  private long keptBytes;

  Taking(
      Shelf shelf,
      List<FoundModel> found,
      Map<ModelName, Set<String>> wanted,
      ContentOnVolume there,
      ToLongFunction<ModelName> shownGeneration,
      Adopter.Inspection inspection) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.wanted = wanted;
    this.there = there;
    this.shownGeneration = shownGeneration;
    this.inspection = inspection;
    found.forEach(model -> this.found.put(model.model(), model));
  }

  /** A model of which files came, and some are still to come. */
  private static final class Opened {
    final Claim claim;
    final Path scratch;
    final Map<Sha256, Path> parts = new HashMap<>();
    int left;

    Opened(Claim claim, Path scratch, int left) {
      this.claim = claim;
      this.scratch = scratch;
      this.left = left;
    }
  }

  void take(ArchiveReading archive, ArchiveReading.Entry entry)
      throws IOException, InterruptedException {
    Optional<FoundModel> model =
        entry.place() instanceof Place.OfModel of
            ? Optional.ofNullable(found.get(of.model()))
            : Optional.empty();
    if (model.isEmpty()) {
      archive.content(entry, (buffer, length) -> {});
      return;
    }
    String path = ((Place.OfModel) entry.place()).path();
    FoundModel.FoundFile file = model.get().files().get(path);
    if (file == null) {
      throw changed(entry);
    }
    Opened opened = opened(model.get());
    boolean isWanted = wanted.getOrDefault(model.get().model(), Set.of()).contains(path);
    if (file.linkTo().isPresent()) {
      link(model.get(), opened, path, file);
    } else if (isWanted) {
      write(archive, entry, file, target(model.get(), opened, path));
      keep(model.get(), opened, path, file);
      writtenBytes += file.sizeBytes();
    } else {
      archive.content(entry, (buffer, length) -> {});
      keptBytes += file.sizeBytes();
    }
    files++;
    if (--opened.left == 0) {
      publish(model.get(), opened);
    }
  }

  private Opened opened(FoundModel model) throws IOException, InterruptedException {
    Opened known = open.get(model.model());
    if (known != null) {
      return known;
    }
    Claim claim =
        shelf
            .claims()
            .await(store.claimPlace(model.model()), PATIENCE)
            .orElseThrow(() -> new ModelBusy(model.model()));
    Opened opened = new Opened(claim, scratch(claim, model), model.files().size());
    open.put(model.model(), opened);
    return opened;
  }

  private void publish(FoundModel model, Opened opened) throws IOException {
    long shown = shownGeneration.applyAsLong(model.model());
    Publication done =
        model.manifest().isPresent()
            ? store.publisher().publish(opened.claim, model.manifest().get(), opened.parts, shown)
            : adopt(model, opened, shown);
    Optional<Manifest> published = done.manifest();
    if (model.signature().isPresent()
        && published.isPresent()
        && !store.versions().isSigned(published.get())) {
      store
          .versionFiles()
          .sign(opened.claim, model.model(), published.get().commit(), model.signature().get());
    }
    boolean unused = new Clearing(store.volume()).away(opened.scratch);
    open.remove(model.model());
    opened.claim.close();
    imported.add(
        new ImportReport.Imported(
            model.model(),
            done.manifest().map(Manifest::commit).orElse(model.commit()),
            done.outcome().name().toLowerCase(Locale.ROOT),
            model.manifest().isPresent(),
            model.bytes()));
  }

  /** Adopting makes the scratch anew and reads before anybody makes the work anew. */
  private static Path scratch(Claim claim, FoundModel model) throws IOException {
    return model.manifest().isPresent() ? claim.freshScratch() : claim.freshWork();
  }

  private Path target(FoundModel model, Opened opened, String path) throws IOException {
    if (model.manifest().isPresent()) {
      return opened.scratch.resolve(String.valueOf(opened.left));
    }
    Path file = Layout.below(opened.scratch.resolve(TREE), path);
    Path directory = file.getParent();
    if (directory != null) {
      DirectoryTree.makeBelow(
          store.volume().calls(), opened.scratch, opened.scratch.relativize(directory));
    }
    return file;
  }

  private void write(
      ArchiveReading archive, ArchiveReading.Entry entry, FoundModel.FoundFile file, Path to)
      throws IOException {
    Digester digester = Digester.sha256(file.sizeBytes());
    if (entry.sizeBytes() != file.sizeBytes()) {
      throw changed(entry);
    }
    try (OpenFile open = store.volume().calls().create(to, Blobs.CONTENT_MODE)) {
      archive.content(
          entry,
          (buffer, length) -> {
            long at = digester.done();
            digester.update(buffer, 0, length);
            open.write(ByteBuffer.wrap(buffer, 0, length), at);
          });
      open.sync();
    }
    if (!digester.finish().sha256().equals(file.sha256())) {
      throw changed(entry);
    }
  }

  private void keep(FoundModel model, Opened opened, String path, FoundModel.FoundFile file)
      throws IOException {
    if (model.manifest().isEmpty()) {
      return;
    }
    Path part = opened.scratch.resolve(String.valueOf(opened.left));
    opened.claim.guard(
        () -> {
          store.blobs().keep(part, file.sha256(), file.sizeBytes());
          return path;
        });
    opened.parts.put(file.sha256(), part);
    there.brought(file.sha256());
  }

  private void link(FoundModel model, Opened opened, String path, FoundModel.FoundFile file)
      throws IOException {
    if (model.manifest().isEmpty()) {
      Path from = Layout.below(opened.scratch.resolve(TREE), file.linkTo().orElseThrow());
      FileDigests unused =
          Placing.copy(store.volume().calls(), from, target(model, opened, path), file.sizeBytes());
    }
  }

  private Publication adopt(FoundModel model, Opened opened, long shown) throws IOException {
    Path tree = opened.scratch.resolve(TREE);
    Source source =
        new Source(
            SourceKind.IMPORT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return store
        .adopter()
        .adopt(
            opened.claim,
            new Adopter.Tree(tree, tree, model.model(), model.family(), source),
            inspection,
            shown,
            bytes -> {});
  }

  private static BadArchive changed(ArchiveReading.Entry entry) {
    return new BadArchive(
        entry.name() + " is not what it was when the archive was looked at.",
        "wait until nobody writes to the archive, then repeat this");
  }

  ImportReport report() {
    return new ImportReport(List.copyOf(imported), files, writtenBytes, keptBytes);
  }

  /** Gives back what is still held, and clears away what came of those models. */
  @Override
  public void close() throws IOException {
    for (Opened opened : new ArrayList<>(open.values())) {
      // What cannot be cleared away now the next holder clears away.
      boolean unused = new Clearing(store.volume()).away(opened.scratch);
      opened.claim.close();
    }
  }
}
