package io.modeldepot.store.publish;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.Placing;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.integrity.Quarantine;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Clearing;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The views {@code models/<family>/<model>}: the current version to look at with a shell. A view is
 * built inside the claim and exchanged with the one in place; where the file system cannot exchange
 * it is two renames, and a crash between them leaves no view until somebody settles. On a file
 * system without hard links a view is a relative link.
 *
 * <p>A view that has files which are not ours goes to the quarantine, whole, in one rename. People
 * may add one at any moment, so a view that left its place is looked through once more before it is
 * removed; after a crash the next holder does that ({@link #rescue}).
 */
final class Views {
  /** Where in the work directory a view is that left its place, or is about to take one. */
  private static final String OLD = "old-view";

  private final Layout layout;
  private final FileCalls calls;
  private final boolean hardLinks;
  private final boolean exchange;
  private final Placing placing;
  private final Quarantine quarantine;
  private final Clearing clearing;

  Views(Volume volume, Clock clock) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.hardLinks = volume.capabilities().hardLinks();
    this.exchange = volume.capabilities().exchange();
    this.placing = new Placing(volume);
    this.quarantine = new Quarantine(volume, clock);
    this.clearing = new Clearing(volume);
  }

  /** Whether the view shows this version, and no other view of the model shows one. */
  boolean shows(Manifest manifest, ViewFiles known) throws IOException {
    return showsHere(manifest, known)
        && strays(manifest.model(), manifest.family(), known).isEmpty();
  }

  /** Makes the view show a version, if it does not. */
  void make(Claim claim, Path work, Manifest manifest, ViewFiles known) throws IOException {
    Path view = layout.view(manifest.family(), manifest.model());
    if (!showsHere(manifest, known)) {
      Path fresh = work.resolve("view");
      DirectoryTree.remove(calls, fresh);
      build(fresh, manifest);
      DirectoryTree.makeIfAbsent(calls, layout.models().resolve(manifest.family().value()));
      putInPlace(claim, work, fresh, view, manifest.model(), known);
      calls.syncDirectory(layout.models().resolve(manifest.family().value()));
      calls.syncDirectory(layout.models());
    }
    removeStrays(claim, work, manifest.model(), manifest.family(), known);
  }

  /** Removes every view of a model. */
  void remove(Claim claim, Path work, ModelName model, ViewFiles known) throws IOException {
    for (Path view : of(model, known)) {
      takeAway(claim, work, view, model, known);
    }
  }

  /** Removes the views of a model that have files which are not ours. */
  void removeForeign(Claim claim, ModelName model, ViewFiles known) throws IOException {
    for (Path view : of(model, known)) {
      if (hasForeign(view, model, known)) {
        setAside(claim, view, view, model);
      }
    }
  }

  /** Whether a holder that died left a view of which it is not known whether all in it is ours. */
  boolean leftSomething(Claim claim) throws IOException {
    return calls.stat(claim.work().resolve(OLD)).isPresent();
  }

  /** Puts such a view aside if it has files that are not ours; before the work begins again. */
  void rescue(Claim claim, ModelName model, ViewFiles known) throws IOException {
    Path left = claim.work().resolve(OLD);
    if (hasForeign(left, model, known)) {
      setAside(claim, left, left, model);
    }
  }

  /** The views of a model, under every family that one of its versions has or had. */
  List<Path> of(ModelName model, ViewFiles known) throws IOException {
    List<Path> views = new ArrayList<>();
    for (FamilyName family : known.families()) {
      Path view = layout.view(family, model);
      if (calls.stat(view).isPresent()) {
        views.add(view);
      }
    }
    return views;
  }

  private boolean showsHere(Manifest manifest, ViewFiles known) throws IOException {
    Path view = layout.view(manifest.family(), manifest.model());
    Optional<FileStat> stat = calls.stat(view);
    if (stat.isEmpty()) {
      return false;
    }
    if (stat.get().kind() == FileStat.Kind.LINK) {
      return !hardLinks
          && calls.readLink(view).equals(Layout.viewTarget(manifest.model(), manifest.commit()));
    }
    return hardLinks && stat.get().isDirectory() && known.shows(view, manifest);
  }

  private void build(Path fresh, Manifest manifest) throws IOException {
    if (!hardLinks) {
      calls.symlink(fresh, Layout.viewTarget(manifest.model(), manifest.commit()));
      return;
    }
    Path tree = layout.tree(manifest.model(), manifest.commit());
    calls.mkdir(fresh, DirectoryTree.DIRECTORY_MODE);
    List<ManifestFile> missing = new ArrayList<>();
    for (ManifestFile file : manifest.presentFiles()) {
      Path directory = Path.of(file.path()).getParent();
      if (directory != null) {
        DirectoryTree.makeBelow(calls, fresh, directory);
      }
      Path from = Layout.below(tree, file.path());
      Path name = Layout.below(fresh, file.path());
      Sha256 digest = TreeBuild.digest(file);
      if (calls.stat(from).isEmpty()
          || placing.placeFrom(from, digest, file.sizeBytes(), name).isEmpty()) {
        missing.add(file);
      }
    }
    if (!missing.isEmpty()) {
      throw new MissingContent(missing);
    }
    DirectoryTree.syncDirectories(calls, fresh);
  }

  private void putInPlace(
      Claim claim, Path work, Path fresh, Path view, ModelName model, ViewFiles known)
      throws IOException {
    if (calls.stat(view).isEmpty()) {
      calls.rename(fresh, view);
      return;
    }
    if (exchange && !hasForeign(view, model, known)) {
      // From the exchange on there is the old view under this name, and nothing half-made ever.
      Path old = work.resolve(OLD);
      calls.rename(fresh, old);
      if (DirectoryTree.exchangeIfPossible(calls, old, view)) {
        dispose(claim, old, view, model, known);
        return;
      }
      calls.rename(old, fresh);
    }
    takeAway(claim, work, view, model, known);
    calls.rename(fresh, view);
  }

  private void removeStrays(
      Claim claim, Path work, ModelName model, FamilyName family, ViewFiles known)
      throws IOException {
    for (Path stray : strays(model, family, known)) {
      takeAway(claim, work, stray, model, known);
    }
  }

  /** Views of ours under another family: the model's family was corrected. */
  private List<Path> strays(ModelName model, FamilyName family, ViewFiles known)
      throws IOException {
    List<Path> strays = new ArrayList<>();
    for (Path view : of(model, known)) {
      if (!view.equals(layout.view(family, model))) {
        strays.add(view);
      }
    }
    return strays;
  }

  /** Removes a view; one with files that are not ours goes to the quarantine, whole. */
  private void takeAway(Claim claim, Path work, Path view, ModelName model, ViewFiles known)
      throws IOException {
    if (hasForeign(view, model, known)) {
      setAside(claim, view, view, model);
      return;
    }
    Path old = work.resolve(OLD);
    calls.rename(view, old);
    dispose(claim, old, view, model, known);
  }

  /** Removes a view that left its place, unless somebody put a file into it just before. */
  private void dispose(Claim claim, Path old, Path view, ModelName model, ViewFiles known)
      throws IOException {
    if (hasForeign(old, model, known)) {
      setAside(claim, old, view, model);
    } else {
      boolean unused = clearing.away(old);
    }
  }

  private void setAside(Claim claim, Path where, Path view, ModelName model) throws IOException {
    quarantine.putFromOutside(
        claim,
        model,
        where,
        Map.of("why", "files in a view that are in no version", "view", layout.shown(view)));
  }

  /** Whether something is no view of ours, or one with files that are in no version. */
  private boolean hasForeign(Path view, ModelName model, ViewFiles known) throws IOException {
    Optional<FileStat> stat = calls.stat(view);
    if (stat.isEmpty()) {
      return false;
    }
    return switch (stat.get().kind()) {
      case DIRECTORY -> known.hasForeign(view);
      case LINK -> !known.isTarget(calls.readLink(view), model);
      case FILE, OTHER -> true;
    };
  }
}
