package io.modeldepot.downloader.engine;

import io.modeldepot.store.engine.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * Which server serves from which repository.
 *
 * @param byRepository the root of its HTTP interface
 */
record TritonAddresses(Map<RepositoryName, HttpUrl> byRepository) {

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  static TritonAddresses of(List<String> setting) {
    Map<RepositoryName, HttpUrl> read = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (String entry : setting) {
      String text = entry.strip();
      int equals = text.indexOf('=');
      if (text.isEmpty()) {
        continue;
      }
      HttpUrl url =
          equals < 0 || text.indexOf("://") < equals
              ? null
              : HttpUrl.parse(text.substring(equals + 1));
      if (url == null
          || !url.username().isEmpty()
          || !url.password().isEmpty()
          || url.query() != null) {
        faults.add(
            name(text)
                + ": host/gpus=http://server:8000 is required, without a user or a query in it.");
        continue;
      }
      try {
        if (read.put(RepositoryName.parse(text.substring(0, equals)), url) != null) {
          faults.add(text.substring(0, equals) + " is named twice.");
        }
      } catch (IllegalArgumentException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("DEPOT_ENGINE_TRITON: " + String.join(" ", faults));
    }
    return new TritonAddresses(read);
  }

  /** What may be told of an entry: an address may hold a password, before an equals sign too. */
  private static String name(String text) {
    int equals = text.indexOf('=');
    int address = text.indexOf("://");
    if (address >= 0 && (equals < 0 || address < equals)) {
      return "an address without host/gpus= before it";
    }
    return equals < 0 ? text : text.substring(0, equals);
  }
}
