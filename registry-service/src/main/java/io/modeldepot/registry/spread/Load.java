package io.modeldepot.registry.spread;

import java.util.List;
import java.util.Set;

/**
 * A model that is to be assigned.
 *
 * @param model its name
 * @param bytes of one copy; 0 while nobody knows
 * @param copies at how many locations
 * @param near locations that it has to be at first
 * @param now where it is assigned now
 */
record Load(String model, long bytes, int copies, Set<String> near, List<String> now) {
  Load {
    near = Set.copyOf(near);
    now = List.copyOf(now);
  }
}
