package io.modeldepot.store.volume;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.VolumeRefused.Reason;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A volume that was set up and is here. Opening writes nothing, so read-only mounts open too. */
public final class Volume {
  private final Layout layout;
  private final VolumeDescription description;
  private final FileCalls calls;

  private Volume(Layout layout, VolumeDescription description, FileCalls calls) {
    this.layout = layout;
    this.description = description;
    this.calls = calls;
  }

  /**
   * Opens the volume in a directory.
   *
   * @param expected the id seen before, so that another volume on the same mount point is refused
   * @throws VolumeRefused if the directory is no volume, or another one
   */
  public static Volume open(Path root, Optional<UUID> expected, FileCalls calls)
      throws IOException {
    Layout layout = new Layout(root);
    VolumeDescription description = describe(layout, calls);
    if (expected.isPresent() && !expected.get().equals(description.volumeId())) {
      throw new VolumeRefused(
          Reason.OTHER_VOLUME,
          layout.root(),
          "is volume " + description.volumeId() + ", not " + expected.get());
    }
    return new Volume(layout, description, calls);
  }

  private static VolumeDescription describe(Layout layout, FileCalls calls) throws IOException {
    Path root = layout.root();
    if (calls.stat(root.resolve(".")).filter(FileStat::isDirectory).isEmpty()) {
      throw new VolumeRefused(Reason.MISSING, root, "there is no such directory");
    }
    try {
      byte[] json = SafeFile.read(calls, layout.volumeFile());
      VolumeDescription description = Wire.read(json, VolumeDescription.class);
      if (description.format() != VolumeDescription.FORMAT) {
        throw new VolumeRefused(
            Reason.UNREADABLE, root, "has format " + description.format() + ", not 1");
      }
      return description;
    } catch (UnreadablePayload e) {
      throw new VolumeRefused(Reason.UNREADABLE, root, "volume.json: " + e.getMessage());
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        throw new VolumeRefused(
            Reason.NOT_SET_UP, root, "has no .depot/volume.json: not set up, or not mounted");
      }
      throw e;
    }
  }

  /**
   * Looks again whether the volume is still the one that was opened. An unmounted volume must
   * neither fill the disk below its mount point nor look like an empty store.
   *
   * @throws VolumeRefused if it is not
   */
  public void requireStillHere() throws IOException {
    open(layout.root(), Optional.of(id()), calls);
  }

  /**
   * Looks whether this process may write as the volume's owner does. Another user, root included,
   * could not link its blobs, or would leave files that the owner cannot.
   *
   * @throws VolumeRefused if it runs as somebody else
   */
  public void requireOwner() throws IOException {
    int owner = calls.stat(layout.depot()).map(FileStat::owner).orElse(-1);
    if (owner != calls.user()) {
      throw new VolumeRefused(
          Reason.OTHER_OWNER,
          layout.root(),
          "belongs to the user " + owner + "; this process runs as " + calls.user());
    }
  }

  /** Where everything lies. */
  public Layout layout() {
    return layout;
  }

  /** The directory. */
  public Path root() {
    return layout.root();
  }

  /** What {@code volume.json} says. */
  public VolumeDescription description() {
    return description;
  }

  /** The id that setup gave it. */
  public UUID id() {
    return description.volumeId();
  }

  /** The location it belongs to. */
  public LocationName location() {
    return description.location();
  }

  /** What its file system can do. */
  public Capabilities capabilities() {
    return description.capabilities();
  }

  /** The file-system calls of this volume. */
  public FileCalls calls() {
    return calls;
  }
}
