package io.modeldepot.store.publish;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The links {@code active/<model>}: relative, so that they hold on every mount, and replaced by one
 * rename, so that there is never none. They come and go through the claim's work directory.
 */
final class ActiveLinks {
  private final Layout layout;
  private final FileCalls calls;

  ActiveLinks(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
  }

  /** Whether there is no link, or one to this version. */
  boolean isSettled(ModelName model, Optional<CommitId> commit) throws IOException {
    Path link = layout.active(model);
    return calls.stat(link).isEmpty() || commit.isPresent() && pointsTo(link, model, commit.get());
  }

  /** Makes the link, or makes it point to this version. */
  void make(Path work, ModelName model, CommitId commit) throws IOException {
    Path link = layout.active(model);
    if (pointsTo(link, model, commit)) {
      return;
    }
    Path fresh = work.resolve("active");
    DirectoryTree.remove(calls, fresh);
    calls.symlink(fresh, Layout.activeTarget(model, commit));
    calls.rename(fresh, link);
    calls.syncDirectory(layout.active());
  }

  /** Makes the link point to this version, if there is one. */
  void follow(Path work, ModelName model, CommitId commit) throws IOException {
    if (calls.stat(layout.active(model)).isPresent()) {
      make(work, model, commit);
    }
  }

  /** Removes the link, if there is one. */
  void remove(Path work, ModelName model) throws IOException {
    Path link = layout.active(model);
    if (calls.stat(link).isEmpty()) {
      return;
    }
    Path aside = work.resolve("inactive");
    DirectoryTree.remove(calls, aside);
    calls.rename(link, aside);
    calls.syncDirectory(layout.active());
    calls.unlink(aside);
  }

  private boolean pointsTo(Path link, ModelName model, CommitId commit) throws IOException {
    return calls.stat(link).filter(stat -> stat.kind() == FileStat.Kind.LINK).isPresent()
        && calls.readLink(link).equals(Layout.activeTarget(model, commit));
  }
}
