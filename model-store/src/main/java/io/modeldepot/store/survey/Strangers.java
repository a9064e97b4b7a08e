package io.modeldepot.store.survey;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What on a volume is none of ours, or was never finished. */
final class Strangers {
  private final Layout layout;
  private final FileCalls calls;

  Strangers(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
  }

  /** Trees of a model that were never published. */
  void unfinished(ModelName model, List<Survey.Stranger> strangers) throws IOException {
    for (Path tree : DirectoryTree.entriesIfThere(calls, layout.model(model))) {
      String name = String.valueOf(tree.getFileName());
      if (CommitId.isOne(name) && calls.stat(layout.manifest(model, CommitId.of(name))).isEmpty()) {
        stranger(Survey.Stranger.Kind.UNFINISHED, tree).ifPresent(strangers::add);
      }
    }
  }

  /** What other tools left beside our directories; never what lies in them. */
  void foreign(List<Survey.Stranger> strangers) throws IOException {
    Set<Path> ours = new HashSet<>(layout.directories());
    for (Path top : DirectoryTree.entriesIfThere(calls, layout.root())) {
      if (!ours.contains(top)) {
        foreignBelow(top, strangers);
      }
    }
  }

  private void foreignBelow(Path path, List<Survey.Stranger> strangers) throws IOException {
    Optional<FileStat> stat = calls.stat(path);
    if (stat.isEmpty()) {
      return;
    }
    String name = String.valueOf(path.getFileName());
    switch (stat.get().kind()) {
      case DIRECTORY -> {
        for (Path entry : DirectoryTree.entriesIfThere(calls, path)) {
          foreignBelow(entry, strangers);
        }
      }
      case FILE -> {
        if (name.endsWith(".incomplete")) {
          stranger(Survey.Stranger.Kind.INCOMPLETE, path).ifPresent(strangers::add);
        } else if (name.endsWith(".lock") && stat.get().sizeBytes() == 0) {
          stranger(Survey.Stranger.Kind.LOCK, path).ifPresent(strangers::add);
        }
      }
      case LINK, OTHER -> {
        // Nobody knows whose it is.
      }
    }
  }

  /** A stranger as it is now; empty if it is not there. */
  Optional<Survey.Stranger> stranger(Survey.Stranger.Kind kind, Path path) throws IOException {
    Optional<FileStat> stat = calls.stat(path);
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    long bytes = stat.get().isFile() ? stat.get().allocatedBytes() : 0;
    Instant latest = stat.get().modifiedAt();
    if (stat.get().isDirectory()) {
      for (DirectoryTree.Entry entry : DirectoryTree.look(calls, path, Set.of()).entries()) {
        bytes += entry.stat().isFile() ? entry.stat().allocatedBytes() : 0;
        latest = latest.isAfter(entry.stat().modifiedAt()) ? latest : entry.stat().modifiedAt();
      }
    }
    return Optional.of(
        new Survey.Stranger(kind, layout.shown(path), bytes, latest, Surveyor.print(stat.get())));
  }
}
