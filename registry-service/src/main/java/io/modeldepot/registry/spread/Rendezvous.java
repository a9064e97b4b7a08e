package io.modeldepot.registry.spread;

import java.util.ArrayList;
import java.util.List;

/**
 * Weighted rendezvous hashing: every pair of model and location has a lot that depends on nothing
 * else, and a model belongs to the locations with its best lots. So a location that comes or goes
 * moves what it wins or had, and nothing between others; a location of twice the weight wins twice
 * as often. The lot is {@code -ln(u) / weight} with {@code u} uniform in (0, 1), the smallest wins
 * (Schindelhauer and Schomaker, "Weighted distributed hash tables", SPAA 2005).
 */
final class Rendezvous {
  private static final double UNIT = 0x1.0p-53;

  private final List<Place> places;
  private final long[] seeds;
  private final double[] weights;
  private final double heaviest;

  Rendezvous(List<Place> places) {
    this.places = List.copyOf(places);
    this.seeds = places.stream().mapToLong(place -> seed(place.name())).toArray();
    this.weights = places.stream().mapToDouble(place -> Math.max(1, place.roomBytes())).toArray();
    double most = 1;
    for (double weight : weights) {
      most = Math.max(most, weight);
    }
    this.heaviest = most;
  }

  /** The indices of the best places for a model, best first. */
  List<Integer> best(String model, int count) {
    long seed = seed(model);
    int wanted = Math.min(count, places.size());
    int[] chosen = new int[wanted];
    double[] lots = new double[wanted];
    int found = 0;
    double bar = 0; // no uniform number below it can win any more
    for (int place = 0; place < seeds.length; place++) {
      double uniform = uniform(seed, seeds[place]);
      if (uniform < bar) {
        continue;
      }
      double lot = -Math.log(uniform) / weights[place];
      if (found == wanted && lot >= lots[found - 1]) {
        continue;
      }
      int at = found == wanted ? found - 1 : found++;
      while (at > 0 && lots[at - 1] > lot) {
        lots[at] = lots[at - 1];
        chosen[at] = chosen[at - 1];
        at--;
      }
      lots[at] = lot;
      chosen[at] = place;
      if (found == wanted) {
        bar = Math.exp(-lots[found - 1] * heaviest);
      }
    }
    List<Integer> best = new ArrayList<>(found);
    for (int i = 0; i < found; i++) {
      best.add(chosen[i]);
    }
    return best;
  }

  /** The lot of a model at a place; the smaller the better. */
  double lot(String model, int place) {
    return -Math.log(uniform(seed(model), seeds[place])) / weights[place];
  }

  private static double uniform(long model, long place) {
    return ((mixed(model ^ Long.rotateLeft(place, 32)) >>> 11) + 0.5) * UNIT;
  }

  /** FNV-1a over the characters, mixed: the same on every machine and in every release. */
  private static long seed(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  /** The finalizer of MurmurHash3. */
  private static long mixed(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
