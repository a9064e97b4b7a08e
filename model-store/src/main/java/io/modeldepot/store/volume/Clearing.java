package io.modeldepot.store.volume;

import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Clears away what is needed no more. A directory may refuse to become empty, for example while a
 * client of a network file system has a removed file open; that must not stop whose work goes on.
 */
public final class Clearing {
  private final Layout layout;
  private final FileCalls calls;

  /** Clearing on a volume. */
  public Clearing(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
  }

  /**
   * Removes a tree. One that cannot be removed goes to the trash under a name that begins with
   * {@link Layout#LEFT}. If that is refused too it stays where it is, for whoever clears up next.
   *
   * @return whether the name is free now
   */
  public boolean away(Path path) throws IOException {
    try {
      DirectoryTree.remove(calls, path);
      return true;
    } catch (FileCallFailed cannotBeEmptied) {
      try {
        calls.rename(path, layout.trash().resolve(Layout.LEFT + FreshName.eightHex(calls)));
        return true;
      } catch (FileCallFailed cannotBeMoved) {
        return false;
      }
    }
  }
}
