package io.modeldepot.store.notes;

import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One drawer of notes, {@code .depot/janitor/<drawer>/<name>.json}. Safe for threads. */
public final class Notes {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final String SUFFIX = ".json";
  private static final String TEMPORARY = Layout.HIDDEN + "new-";
  private static final int MODE = 0644;

  private final Volume volume;
  private final FileCalls calls;
  private final Path drawer;

  /** A drawer of a volume; it is made with the first note. */
  public Notes(Volume volume, String drawer) {
    this.volume = volume;
    this.calls = volume.calls();
    this.drawer = volume.layout().janitor().resolve(checked(drawer));
  }

  /** Writes a note, or replaces it; when this returns it survives a power cut. */
  public void write(String name, byte[] json) throws IOException {
    volume.requireStillHere();
    if (DirectoryTree.makeIfAbsent(calls, drawer)) {
      calls.syncDirectory(volume.layout().janitor());
    }
    Path temporary = drawer.resolve(TEMPORARY + FreshName.eightHex(calls));
    SafeFile.replace(calls, temporary, file(name), json, MODE);
  }

  /**
   * Makes every note that can be read now survive a power cut, whoever wrote it. Whoever acts on a
   * note of somebody else calls this first: that somebody may have been killed before it was
   * durable.
   */
  public void makeDurable() throws IOException {
    calls.syncDirectory(drawer);
    calls.syncDirectory(volume.layout().janitor());
  }

  /** A note, if there is one. */
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(SafeFile.read(calls, file(name)));
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The names of all notes, sorted. */
  public List<String> list() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : entries()) {
      if (name.endsWith(SUFFIX) && !name.startsWith(Layout.HIDDEN)) {
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    }
    return names;
  }

  /** Removes a note; one that is not there is already removed. */
  public void forget(String name) throws IOException {
    DirectoryTree.remove(calls, file(name));
  }

  /** Removes what crashes left of notes that were being written; nobody else may be writing. */
  public void sweep() throws IOException {
    for (String name : entries()) {
      if (name.startsWith(TEMPORARY)) {
        DirectoryTree.remove(calls, drawer.resolve(name));
      }
    }
  }

  private List<String> entries() throws IOException {
    try {
      return calls.list(drawer);
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        return List.of();
      }
      throw e;
    }
  }

  private Path file(String name) {
    return drawer.resolve(checked(name) + SUFFIX);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("No name of a note: " + name);
    }
    return name;
  }
}
