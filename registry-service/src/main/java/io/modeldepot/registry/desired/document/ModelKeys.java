package io.modeldepot.registry.desired.document;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a model, and what each is called in the catalog. */
final class ModelKeys {
  /** What is said of a demand. */
  static final List<String> DEMAND =
      List.of(
          "users",
          "minUsers",
          "context",
          "minContext",
          "dtype",
          "priority",
          "replicas",
          "gpu",
          "apartFrom");

  /** What says which version. */
  static final List<String> VERSION = List.of("track", "pin", "update", "approve");

  /** What says where; one of them. */
  static final List<String> WHERE = List.of("locations", "copies", "nearGpus");

  private static final List<String> OTHERS =
      List.of(
          "source",
          "family",
          "displayName",
          "useCase",
          "licence",
          "keep",
          "profile",
          "active",
          "archived",
          "fetch");

  private static final Map<String, String> BY_POINTER =
      Map.ofEntries(
          Map.entry("/repository", "source"),
          Map.entry("/branch", "track"),
          Map.entry("/keepVersions", "keep"),
          Map.entry("/placement/contextTokens", "context"),
          Map.entry("/placement/minContextTokens", "minContext"),
          Map.entry("/placement/variants", "dtype"),
          Map.entry("/placement/antiAffinity", "apartFrom"),
          Map.entry("/spread/copies", "copies"),
          Map.entry("/spread", "copies"));

  /** All of them. */
  static final Set<String> ALL = all();

  private ModelKeys() {}

  /** The key under which a document says what a pointer into an entry names. */
  static String ofPointer(String pointer) {
    String plain = pointer.replaceFirst("/\\d+$", "");
    return BY_POINTER.getOrDefault(plain, plain.substring(plain.lastIndexOf('/') + 1));
  }

  private static Set<String> all() {
    Set<String> all = new TreeSet<>(DEMAND);
    all.addAll(VERSION);
    all.addAll(WHERE);
    all.addAll(OTHERS);
    return all;
  }
}
