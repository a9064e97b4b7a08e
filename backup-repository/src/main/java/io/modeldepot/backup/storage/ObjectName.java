package io.modeldepot.backup.storage;

import java.util.regex.Pattern;

/** The names that objects may have. */
final class ObjectName {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

  private ObjectName() {}

  /**
   * The name itself.
   *
   * @throws IllegalArgumentException if no object may have it
   */
  static String checked(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("No object may have the name " + name + ".");
    }
    return name;
  }
}
