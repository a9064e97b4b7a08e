package io.modeldepot.store.engine;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a model repository: a host, and the GPUs of it that its server has.
 *
 * @param host as it reports itself
 * @param gpus their ids in the order of the shards, joined by {@code +}
 */
public record RepositoryName(String host, String gpus) implements Comparable<RepositoryName> {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
  private static final Pattern GPU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}");
  private static final int LONGEST = 255;

  /** Refuses what would be another place than a folder of a folder. */
  public RepositoryName {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "\"" + host + "\" is no name of a host that can be a folder.");
    }
    if (gpus.length() > LONGEST
        || !List.of(gpus.split("\\+", -1)).stream().allMatch(id -> GPU.matcher(id).matches())) {
      throw new IllegalArgumentException("\"" + gpus + "\" are no GPUs that can name a folder.");
    }
  }

  /** The repository for these GPUs; a slash in an id, as old drivers have, becomes a hyphen. */
  public static RepositoryName of(String host, List<String> gpus) {
    return new RepositoryName(host, String.join("+", gpus).replace('/', '-'));
  }

  /**
   * Reads {@code host/gpus}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static RepositoryName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no repository; it is a host, a slash and its GPUs: gpu-host/0.");
    }
    return new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(RepositoryName other) {
    int byHost = host.compareTo(other.host);
    return byHost != 0 ? byHost : gpus.compareTo(other.gpus);
  }

  @Override
  public String toString() {
    return host + "/" + gpus;
  }
}
