package io.modeldepot.registry.spread;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which model belongs to which locations. Every model goes to the locations of its best lots. Where
 * more is assigned than fits, what is there already stays first, then what has the better lot; the
 * rest goes where it is now, if there is room, else to its next best location with room. Pure, and
 * the same for the same question.
 */
final class Assignment {
  private final List<Place> places;
  private final Rendezvous lots;
  private final long[] roomBytes;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<String, Set<Integer>> chosen = new LinkedHashMap<>();
  private final Map<String, Integer> without = new LinkedHashMap<>();

  private Assignment(List<Place> places) {
    this.places = places.stream().sorted(Comparator.comparing(Place::name)).toList();
    this.lots = new Rendezvous(this.places);
    this.roomBytes = this.places.stream().mapToLong(Place::roomBytes).toArray();
    for (int i = 0; i < this.places.size(); i++) {
      byName.put(this.places.get(i).name(), i);
    }
  }

  /** Decides. */
  static Assignment of(List<Place> places, Collection<Load> loads) {
    Assignment made = new Assignment(places);
    made.decide(loads.stream().sorted(Comparator.comparing(Load::model)).toList());
    return made;
  }

  /** The locations of a model, those it has to be near to first, then best first. */
  List<String> of(String model) {
    return chosen.getOrDefault(model, Set.of()).stream()
        .map(place -> places.get(place).name())
        .toList();
  }

  /** How many copies have no room anywhere, by model. */
  Map<String, Integer> without() {
    return Map.copyOf(without);
  }

  private void decide(List<Load> loads) {
    List<List<Load>> wanted = new ArrayList<>();
    places.forEach(place -> wanted.add(new ArrayList<>()));
    for (Load load : loads) {
      Set<Integer> ideal = ideal(load);
      chosen.put(load.model(), ideal);
      ideal.forEach(place -> wanted.get(place).add(load));
    }
    List<Moved> moved = new ArrayList<>();
    for (int place = 0; place < places.size(); place++) {
      keepWhatFits(place, wanted.get(place), moved);
    }
    moved.forEach(this::placeElsewhere);
  }

  private record Moved(Load load, int from) {}

  private Set<Integer> ideal(Load load) {
    Set<Integer> ideal = new LinkedHashSet<>();
    load.near().stream().sorted().map(byName::get).forEach(place -> add(ideal, place));
    if (ideal.size() < load.copies()) {
      for (int place : lots.best(load.model(), load.copies() + ideal.size())) {
        if (ideal.size() < load.copies()) {
          ideal.add(place);
        }
      }
    }
    return ideal;
  }

  private static void add(Set<Integer> places, @org.jspecify.annotations.Nullable Integer place) {
    if (place != null) {
      places.add(place);
    }
  }

  private void keepWhatFits(int place, List<Load> wanted, List<Moved> moved) {
    long all = wanted.stream().mapToLong(Load::bytes).sum();
    if (all <= roomBytes[place]) {
      roomBytes[place] -= all;
      return;
    }
    String name = places.get(place).name();
    wanted.sort(
        Comparator.<Load, Boolean>comparing(load -> !load.near().contains(name))
            .thenComparing(load -> !load.now().contains(name))
            .thenComparingDouble(load -> lots.lot(load.model(), place))
            .thenComparing(Load::model));
    for (Load load : wanted) {
      if (load.bytes() <= roomBytes[place]) {
        roomBytes[place] -= load.bytes();
      } else {
        at(load).remove(place);
        moved.add(new Moved(load, place));
      }
    }
  }

  private void placeElsewhere(Moved moved) {
    Load load = moved.load();
    Set<Integer> taken = at(load);
    IntStream.concat(
            load.now().stream().filter(byName::containsKey).mapToInt(byName::get),
            lots.best(load.model(), places.size()).stream().mapToInt(Integer::intValue))
        .filter(place -> place != moved.from() && !taken.contains(place))
        .filter(place -> load.bytes() <= roomBytes[place])
        .findFirst()
        .ifPresentOrElse(
            place -> {
              roomBytes[place] -= load.bytes();
              taken.add(place);
            },
            () -> without.merge(load.model(), 1, Integer::sum));
  }

  private Set<Integer> at(Load load) {
    return java.util.Objects.requireNonNull(chosen.get(load.model()));
  }
}
