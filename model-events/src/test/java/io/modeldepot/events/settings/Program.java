package io.modeldepot.events.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A module whose settings are told together.
 *
 * @param faults what its files say that nobody reads, in words
 */
record Program(String module, List<Group> groups, List<String> faults) {
  static final String KIT = "service-kit";
  private static final List<String> SERVICES =
      List.of(
          "registry-service",
          "downloader-service",
          "janitor-service",
          "placement-service",
          "mirror-service");

  Program {
    groups = List.copyOf(groups);
    faults = List.copyOf(faults);
  }

  /** What all services share, then each of them. */
  static List<Program> all() {
    Program kit = new Assembly(KIT, List.of()).program();
    List<Program> all = new ArrayList<>(List.of(kit));
    SERVICES.forEach(service -> all.add(new Assembly(service, kit.settings().toList()).program()));
    return all;
  }

  Stream<Setting> settings() {
    return groups.stream().flatMap(group -> group.settings().stream());
  }
}
