package io.modeldepot.cli.output;

import java.util.Locale;

/** The forms of {@code -o}. */
public enum Form {
  TABLE,
  WIDE,
  JSON,
  YAML,
  NAME,
  CSV;

  public boolean forPeople() {
    return this == TABLE || this == WIDE;
  }

  /** Forms with exact values in a tree. */
  public boolean machine() {
    return this == JSON || this == YAML;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
