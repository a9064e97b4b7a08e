package io.modeldepot.store.layout;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** File names that must not be written to the volume; all of them at once. */
public final class BadNames extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient List<NameFault> faults;

  /** The faults, at least one. */
  public BadNames(List<NameFault> faults) {
    super(
        faults.stream()
            .limit(20)
            .map(NameFault::toString)
            .collect(Collectors.joining("; ", "Bad file names: ", "")));
    this.faults = List.copyOf(faults);
  }

  /** Every fault that was found. */
  public List<NameFault> faults() {
    return faults;
  }
}
