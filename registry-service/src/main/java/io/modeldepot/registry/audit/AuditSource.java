package io.modeldepot.registry.audit;

import java.util.Locale;

/** Through which door a change came. */
public enum AuditSource {
  /** A REST call. */
  REST,
  /** A record on a topic. */
  EVENT;

  /** As it is stored, hashed and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
