package io.modeldepot.store.volume;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.VolumeRefused.Reason;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a directory into a volume. Doing it twice is doing it once: directories that are missing
 * are made, the id stays, the capabilities are probed again. Nothing that was in the directory is
 * touched; trees copied in before can be adopted afterwards.
 *
 * @param volume the volume, open
 * @param created directories that were missing, in the order they were made
 * @param outcome whether the volume was there before
 */
public record Setup(Volume volume, List<Path> created, Outcome outcome) {
  private static final String CACHE_TAG =
      """
      Signature: 8a477f597d28d172789f06886806bc55
      # Everything below is also in ../versions or can be fetched again.
      # See https://bford.info/cachedir/
      """;

  /** What setup found. */
  public enum Outcome {
    NEW,
    EXISTED
  }

  /** Keeps its own copy of the list. */
  public Setup {
    created = List.copyOf(created);
  }

  /**
   * Sets up a volume in a directory, which is made with its parents if need be.
   *
   * @throws VolumeRefused if a volume of another location, a newer format or another owner is
   *     there; nothing was made then
   */
  public static Setup of(Path root, LocationName location, Clock clock, FileCalls calls)
      throws IOException {
    Layout layout = new Layout(root);
    Optional<FileStat> before = calls.stat(layout.volumeFile());
    if (before.isPresent()) {
      requireSame(Volume.open(root, Optional.empty(), calls), location);
    }
    List<Path> created = new ArrayList<>();
    makeRoot(calls, layout.root(), created);
    for (Path directory : layout.directories()) {
      if (DirectoryTree.makeIfAbsent(calls, directory)) {
        created.add(directory);
      }
    }
    writeCacheTag(calls, layout);
    Capabilities capabilities = new Probe(calls).probe(layout.depot());
    if (before.isPresent()) {
      Volume volume = Volume.open(root, Optional.empty(), calls);
      if (!volume.capabilities().equals(capabilities)) {
        VolumeDescription old = volume.description();
        write(
            calls,
            layout,
            new VolumeDescription(
                old.format(), old.volumeId(), old.location(), old.createdAt(), capabilities));
      }
    } else {
      write(
          calls,
          layout,
          new VolumeDescription(
              VolumeDescription.FORMAT,
              UUID.randomUUID(),
              location,
              clock.instant(),
              capabilities));
    }
    calls.syncDirectory(layout.root());
    return new Setup(
        Volume.open(root, Optional.empty(), calls),
        created,
        before.isPresent() ? Outcome.EXISTED : Outcome.NEW);
  }

  /** What root makes in a volume of somebody else, that somebody cannot write to. */
  private static void requireSame(Volume volume, LocationName location) throws IOException {
    if (!volume.location().equals(location)) {
      throw new VolumeRefused(
          Reason.OTHER_LOCATION,
          volume.root(),
          "belongs to the location " + volume.location() + ", not " + location);
    }
    volume.requireOwner();
  }

  private static void makeRoot(FileCalls calls, Path root, List<Path> created) throws IOException {
    if (calls.stat(root.resolve(".")).isPresent()) {
      return;
    }
    Path parent = root.getParent();
    if (parent != null) {
      makeRoot(calls, parent, new ArrayList<>());
    }
    if (DirectoryTree.makeIfAbsent(calls, root)) {
      created.add(root);
    }
  }

  private static void writeCacheTag(FileCalls calls, Layout layout) throws IOException {
    if (calls.stat(layout.cacheTag()).isEmpty()) {
      SafeFile.replace(
          calls,
          layout.cache().resolve(".CACHEDIR.TAG.tmp"),
          layout.cacheTag(),
          CACHE_TAG.getBytes(StandardCharsets.UTF_8),
          0444);
    }
  }

  private static void write(FileCalls calls, Layout layout, VolumeDescription description)
      throws IOException {
    SafeFile.replace(
        calls,
        layout.depot().resolve(".volume.json.tmp"),
        layout.volumeFile(),
        Wire.write(description),
        0644);
  }
}
