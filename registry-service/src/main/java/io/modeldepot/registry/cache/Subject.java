package io.modeldepot.registry.cache;

import io.modeldepot.events.terms.ModelName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer depends on, as the migration's triggers name it: {@code models} (any of them),
 * {@code model/NAME}, {@code storage}.
 *
 * @param name of the row of {@code change_stamp}
 */
record Subject(String name) {
  /** Any of them. */
  static final Subject MODELS = new Subject("models");

  private static final Pattern MODEL =
      Pattern.compile("/api/v1/models/(" + ModelName.PATTERN + ")(/.*)?");
  private static final Pattern STORAGE = Pattern.compile("/api/v1/storage(/.*)?");

  /** Longer addresses are nobody's habit. */
  private static final int LONGEST = 1024;

  /**
   * The subject of an address.
   *
   * @param address path and query, as they were sent
   * @return empty where an answer must not be kept: conditions may compare with the current time
   */
  static Optional<Subject> of(String address) {
    int query = address.indexOf('?');
    if (address.length() > LONGEST || query >= 0 && address.indexOf("filter", query) >= 0) {
      return Optional.empty();
    }
    String path = query < 0 ? address : address.substring(0, query);
    if (path.equals("/api/v1/models")) {
      return Optional.of(MODELS);
    }
    Matcher model = MODEL.matcher(path);
    if (model.matches()) {
      return Optional.of(new Subject("model/" + model.group(1)));
    }
    return STORAGE.matcher(path).matches() ? Optional.of(new Subject("storage")) : Optional.empty();
  }
}
