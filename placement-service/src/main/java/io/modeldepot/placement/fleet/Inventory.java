package io.modeldepot.placement.fleet;

import java.util.List;

/** What reading an inventory gave. */
public sealed interface Inventory {

  /** It could be read. */
  record Read(List<HostInventory> hosts) implements Inventory {
    /** Copies the list. */
    public Read {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * It could not.
   *
   * @param faults all of them, each with its place
   */
  record Malformed(List<String> faults) implements Inventory {
    /** Copies the list. */
    public Malformed {
      faults = List.copyOf(faults);
    }
  }
}
