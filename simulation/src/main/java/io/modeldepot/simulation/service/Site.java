package io.modeldepot.simulation.service;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.simulation.disk.Disk;
import io.modeldepot.simulation.disk.DiskCalls;
import io.modeldepot.store.volume.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A location: its volume, and the processes that work on it. */
public final class Site {
  private static final long CAPACITY = 64L << 20;

  private final LocationName name;
  private final Path root;
  private final Disk disk;
  private final List<Server> servers = new ArrayList<>();

  /** A location with a volume that was set up. */
  Site(World world, String name) {
    this.name = LocationName.of(name);
    this.root = Path.of("/" + name);
    this.disk = new Disk(world.timeline()::now, CAPACITY);
    DiskCalls calls = new DiskCalls(disk, world.chance(), (call, path) -> Optional.empty());
    try {
      Setup unused = Setup.of(root, this.name, world.clock(), calls);
      for (String directory : List.of("", "/.depot", "/cache/blobs", "/versions", "/downloads")) {
        calls.syncDirectory(Path.of(root + directory));
      }
    } catch (IOException e) {
      throw new IllegalStateException("A healthy disk refused setup.", e);
    }
  }

  /** As it is called. */
  public LocationName name() {
    return name;
  }

  /** Where its volume is. */
  public Path root() {
    return root;
  }

  /** What its volume is on. */
  public Disk disk() {
    return disk;
  }

  /** The processes that work here. */
  public List<Server> servers() {
    return servers;
  }
}
