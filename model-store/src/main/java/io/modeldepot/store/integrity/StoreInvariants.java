package io.modeldepot.store.integrity;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.archive.ArchiveShelf;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.archive.DamagedArchive;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What must hold of a volume. Reads every byte; meant for tests, of this module and of those that
 * use it. A file that cannot be read is reported, and the rest is looked at all the same.
 *
 * <ol>
 *   <li>A version whose manifest exists has a tree with every present file, whole and read-only.
 *   <li>{@code current.json} names a version that exists, or none.
 *   <li>A claim has exactly one entry.
 *   <li>A blob is what its name says.
 *   <li>A small file of a tree is nobody else's: an edit elsewhere does not reach it.
 *   <li>{@code active/<model>} is a relative link to a version that exists.
 *   <li>A view shows files of one version only, never a mixture.
 *   <li>A journal can be read.
 *   <li>What is in the archive can be unpacked, down to its bytes.
 *   <li>A folder of ours in a Triton model repository is there whole or not at all.
 *   <li>At rest: no tree has files that its manifest lacks, every view and every active link shows
 *       the current version, every folder that is listed of a model repository is there.
 * </ol>
 */
public final class StoreInvariants {
  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Versions versions;
  private final InodeDigests digests;
  private final EngineChecks engines;

  /** The invariants of a volume. */
  public StoreInvariants(Volume volume) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.versions = new Versions(volume);
    this.digests = new InodeDigests(calls);
    this.engines = new EngineChecks(layout, calls);
  }

  /** What must hold at any moment, also between two calls and after a crash; empty if it does. */
  public List<String> brokenAtAnyMoment() throws IOException {
    List<String> broken = new ArrayList<>();
    Verifier verifier = new Verifier(volume, digests);
    for (ModelName model : versions.models()) {
      checkVersions(model, verifier, broken);
      checkCurrent(model, broken);
      checkClaim(layout.modelClaim(model), broken);
      checkActive(model, broken);
    }
    checkViews(broken);
    checkBlobs(broken);
    checkJobs(broken);
    checkClaim(layout.enginesClaim(), broken);
    checkArchive(broken);
    engines.atAnyMoment(broken);
    return broken;
  }

  /** What must hold when no work is under way; empty if it does. */
  public List<String> brokenAtRest() throws IOException {
    List<String> broken = brokenAtAnyMoment();
    Verifier verifier = new Verifier(volume, digests);
    for (ModelName model : versions.models()) {
      for (CommitId commit : versions.commits(model)) {
        // One that cannot be read was reported above.
        readable(() -> verifier.verify(model, commit, Verifier.Depth.NAMES, bytes -> {}))
            .ifPresent(
                report ->
                    report.findings().stream()
                        .filter(Finding.Extra.class::isInstance)
                        .forEach(extra -> broken.add(model + "@" + commit + ": " + extra)));
      }
      Optional<Manifest> current = readable(() -> versions.currentManifest(model));
      if (current.isPresent()) {
        Path view = layout.view(current.get().family(), model);
        if (!shows(view, current.get())) {
          broken.add(layout.shown(view) + " does not show the current version");
        }
        checkActiveIsCurrent(model, current.get().commit(), broken);
      } else if (calls.stat(layout.active(model)).isPresent()) {
        broken.add("active/" + model + " is there without a current version");
      }
    }
    engines.atRest(broken);
    return broken;
  }

  private void checkVersions(ModelName model, Verifier verifier, List<String> broken)
      throws IOException {
    for (CommitId commit : versions.commits(model)) {
      try {
        Optional<VersionReport> report =
            verifier.verify(model, commit, Verifier.Depth.BYTES, bytes -> {});
        report.stream()
            .flatMap(found -> found.findings().stream())
            .filter(finding -> !(finding instanceof Finding.Extra))
            .forEach(finding -> broken.add(model + "@" + commit + ": " + finding));
        if (report.isPresent()) {
          checkSmallFiles(report.get().manifest(), broken);
        }
      } catch (UnreadableFile e) {
        broken.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private void checkSmallFiles(Manifest manifest, List<String> broken) throws IOException {
    Path tree = layout.tree(manifest.model(), manifest.commit());
    for (ManifestFile file : manifest.files()) {
      if (file.present()
          && file.sizeBytes() < Layout.SMALL_BYTES
          && FilePaths.fault(file.path()).isEmpty()) {
        Path path = Layout.below(tree, file.path());
        if (calls.stat(path).filter(stat -> stat.links() > 1).isPresent()) {
          broken.add(layout.shown(path) + " is small and linked");
        }
      }
    }
  }

  private void checkCurrent(ModelName model, List<String> broken) throws IOException {
    try {
      Optional<CommitId> commit = versions.current(model).flatMap(Current::commit);
      if (commit.isPresent() && versions.manifest(model, commit.get()).isEmpty()) {
        broken.add("current.json of " + model + " names " + commit.get() + ", which is not there");
      }
    } catch (UnreadableFile e) {
      broken.add(String.valueOf(e.getMessage()));
    }
  }

  private void checkClaim(Path place, List<String> broken) throws IOException {
    if (calls.stat(place).isPresent()) {
      List<String> entries = calls.list(place);
      if (entries.size() != 1) {
        broken.add("the claim " + layout.shown(place) + " has the entries " + entries);
      }
    }
  }

  private void checkActive(ModelName model, List<String> broken) throws IOException {
    Path link = layout.active(model);
    Optional<FileStat> stat = calls.stat(link);
    if (stat.isEmpty()) {
      return;
    }
    if (stat.get().kind() != FileStat.Kind.LINK) {
      broken.add("active/" + model + " is no link");
      return;
    }
    String target = calls.readLink(link);
    boolean known = false;
    for (CommitId commit : versions.commits(model)) {
      known |= target.equals(Layout.activeTarget(model, commit));
    }
    if (!known) {
      broken.add("active/" + model + " points to " + target + ", which is no version");
    }
  }

  private void checkActiveIsCurrent(ModelName model, CommitId commit, List<String> broken)
      throws IOException {
    Path link = layout.active(model);
    if (calls.stat(link).isPresent()
        && !calls.readLink(link).equals(Layout.activeTarget(model, commit))) {
      broken.add("active/" + model + " points to " + calls.readLink(link) + ", not to " + commit);
    }
  }

  private void checkViews(List<String> broken) throws IOException {
    for (String family : calls.list(layout.models())) {
      Path directory = layout.models().resolve(family);
      if (calls.stat(directory).filter(FileStat::isDirectory).isEmpty()) {
        continue;
      }
      for (String name : calls.list(directory)) {
        Optional<ModelName> model = known(name);
        if (model.isPresent() && isOurs(family, model.get())) {
          checkView(directory.resolve(name), model.get(), broken);
        }
      }
    }
  }

  private void checkView(Path view, ModelName model, List<String> broken) throws IOException {
    List<Manifest> candidates = new ArrayList<>();
    List<CommitId> commits = versions.commits(model);
    for (CommitId commit : commits) {
      readable(() -> versions.manifest(model, commit)).ifPresent(candidates::add);
    }
    if (candidates.size() < commits.size()) {
      // The view may be of the version whose manifest cannot be read.
      return;
    }
    for (Manifest manifest : candidates) {
      if (isPartOf(view, manifest, candidates)) {
        return;
      }
    }
    broken.add(layout.shown(view) + " mixes versions");
  }

  /**
   * Whether nothing in a view is of another version than this one. It may lack files while a
   * version is being extended, and people may have edited or added some.
   */
  private boolean isPartOf(Path view, Manifest manifest, List<Manifest> all) throws IOException {
    if (calls.stat(view).filter(FileStat::isDirectory).isEmpty()) {
      return shows(view, manifest);
    }
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, view)) {
      if (!entry.stat().isFile()) {
        continue;
      }
      Optional<ManifestFile> ours = file(manifest, entry.path());
      if (ours.isPresent() && sameContent(view, entry.stat(), manifest, ours.get())) {
        continue;
      }
      for (Manifest other : all) {
        Optional<ManifestFile> file = file(other, entry.path());
        if (file.isPresent() && sameContent(view, entry.stat(), other, file.get())) {
          return false;
        }
      }
    }
    return true;
  }

  private static Optional<ManifestFile> file(Manifest manifest, String path) {
    return manifest.files().stream()
        .filter(file -> file.present() && file.path().equals(path))
        .findFirst();
  }

  /** Whether a view has a version's files and their lengths; small ones may be edited. */
  private boolean shows(Path view, Manifest manifest) throws IOException {
    Optional<FileStat> stat = calls.stat(view);
    if (stat.isEmpty()) {
      return false;
    }
    if (stat.get().kind() == FileStat.Kind.LINK) {
      return calls.readLink(view).equals(Layout.viewTarget(manifest.model(), manifest.commit()));
    }
    Map<String, FileStat> there = new TreeMap<>();
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, view)) {
      there.put(entry.path(), entry.stat());
    }
    for (ManifestFile file : manifest.files()) {
      if (!file.present()) {
        continue;
      }
      FileStat found = there.get(file.path());
      if (found == null || !found.isFile()) {
        return false;
      }
      boolean large = file.sizeBytes() >= Layout.SMALL_BYTES;
      if (large && !sameContent(view, found, manifest, file)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameContent(Path view, FileStat found, Manifest manifest, ManifestFile file)
      throws IOException {
    Path tree = layout.tree(manifest.model(), manifest.commit());
    if (calls.stat(Layout.below(tree, file.path())).filter(found::sameFileAs).isPresent()) {
      return true;
    }
    return found.sizeBytes() == file.sizeBytes()
        && Optional.of(digests.of(Layout.below(view, file.path())).sha256()).equals(file.sha256());
  }

  private void checkBlobs(List<String> broken) throws IOException {
    if (calls.stat(layout.blobs()).isEmpty()) {
      return;
    }
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, layout.blobs())) {
      Path path = layout.blobs().resolve(entry.path());
      String name = String.valueOf(path.getFileName());
      if (entry.stat().isFile() && !name.startsWith(Layout.HIDDEN)) {
        Sha256 digest = digests.of(path).sha256();
        if (!digest.value().equals(name) || !path.equals(layout.blob(digest))) {
          broken.add(layout.shown(path) + " has the content " + digest);
        }
      }
    }
  }

  private void checkArchive(List<String> broken) throws IOException {
    ArchiveShelf archive = new ArchiveShelf(volume);
    for (ModelName model : archive.models()) {
      for (CommitId commit : archive.commits(model)) {
        Optional<ArchivedVersion> entry = archive.find(model, commit);
        if (entry.isEmpty()) {
          broken.add(layout.shown(archive.place(model, commit)) + " cannot be read");
          continue;
        }
        try {
          archive.verify(entry.get(), bytes -> {});
        } catch (DamagedArchive e) {
          broken.add(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void checkJobs(List<String> broken) throws IOException {
    Journals journals = new Journals(volume);
    for (RequestId id : journals.claimed()) {
      checkClaim(layout.job(id), broken);
    }
    for (RequestId id : journals.list()) {
      try {
        journals.read(id);
      } catch (UnreadableFile e) {
        broken.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private boolean isOurs(String family, ModelName model) throws IOException {
    for (CommitId commit : versions.commits(model)) {
      Optional<FamilyName> ours =
          readable(() -> versions.manifest(model, commit)).map(Manifest::family);
      if (ours.filter(name -> name.value().equals(family)).isPresent()
          && readable(() -> versions.current(model)).flatMap(Current::commit).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** A look at something that may be damaged. */
  private interface Look<T> {
    Optional<T> at() throws IOException;
  }

  private static <T> Optional<T> readable(Look<T> look) throws IOException {
    try {
      return look.at();
    } catch (UnreadableFile e) {
      return Optional.empty();
    }
  }

  private static Optional<ModelName> known(String name) {
    try {
      return Optional.of(ModelName.of(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
