package io.modeldepot.registry.desired.document;

import java.util.Comparator;
import java.util.List;

/** A document that cannot be meant, with everything that is wrong in it. */
public final class Faulty extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  public Faulty(List<Fault> faults) {
    super(faults.getFirst().toString(), null, false, false);
    this.faults =
        faults.stream()
            .distinct()
            .sorted(
                Comparator.comparing((Fault it) -> it.place().file())
                    .thenComparing(it -> it.place().line())
                    .thenComparing(it -> it.place().column()))
            .toList();
  }

  /** Not empty; in the order of their places. */
  public List<Fault> faults() {
    return faults;
  }
}
