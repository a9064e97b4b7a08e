package io.modeldepot.placement.fleet;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.terms.LocationName;
import java.util.List;

/**
 * The GPUs of a host as a file lists them.
 *
 * @param location whose volume the host mounts
 * @param host its name
 * @param gpus its GPUs
 */
public record HostInventory(LocationName location, String host, List<Gpu> gpus) {
  /** Copies the list. */
  public HostInventory {
    gpus = List.copyOf(gpus);
  }
}
