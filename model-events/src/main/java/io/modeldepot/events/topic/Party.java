package io.modeldepot.events.topic;

import java.util.Collection;
import java.util.EnumSet;
import java.util.stream.Collectors;

/**
 * Who talks over the broker. Each can have a login of its own there, with no more than it needs.
 */
public enum Party {
  REGISTRY("registry"),
  DOWNLOADER("downloader"),
  JANITOR("janitor"),
  PLACEMENT("placement"),
  /** The placement service on a GPU host, where it plans nothing and reports. */
  AGENT("agent"),
  MIRROR("mirror"),
  /** People and programs that give commands as events and watch topics. */
  OPERATOR("operator");

  private final String word;

  Party(String word) {
    this.word = word;
  }

  /** Its name at the broker, and in documents. */
  public String word() {
    return word;
  }

  /** Names of several, in a fixed order. */
  static String words(Collection<Party> parties) {
    return parties.isEmpty()
        ? "nobody"
        : EnumSet.copyOf(parties).stream().map(Party::word).collect(Collectors.joining(", "));
  }
}
