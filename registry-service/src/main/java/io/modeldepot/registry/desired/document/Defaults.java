package io.modeldepot.registry.desired.document;

import java.util.Optional;
import java.util.Set;

/** What a document says of every model that says nothing else. */
record Defaults(
    Optional<Long> keep,
    Optional<String> profile,
    Optional<String> update,
    Optional<Long> context) {
  static final Set<String> KEYS = Set.of("keep", "profile", "update", "context");
  static final Set<String> PROFILES = Set.of("serving", "full");
  static final Set<String> UPDATES = Set.of("manual", "follow", "approve");

  static Defaults read(Optional<Fields> said) {
    return new Defaults(
        said.flatMap(it -> it.number("keep", 1)),
        said.flatMap(it -> it.word("profile", PROFILES)),
        said.flatMap(it -> it.word("update", UPDATES)),
        said.flatMap(it -> it.number("context", 1)));
  }
}
