package io.modeldepot.placement.fleet;

/**
 * One GPU, or one slice of one, on the whole site.
 *
 * @param host where it is
 * @param id as the host calls it: the index of a whole GPU, the UUID of a MIG slice
 */
public record GpuId(String host, String id) implements Comparable<GpuId> {

  /** Refuses empty names. */
  public GpuId {
    if (host.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("A GPU has a host and an id.");
    }
  }

  /** Whether a person may mean this one: by {@code host/id}, or by its id alone. */
  public boolean isMeantBy(String text) {
    return text.equals(toString()) || text.equals(id);
  }

  @Override
  public int compareTo(GpuId other) {
    int byHost = host.compareTo(other.host);
    int byLength = Integer.compare(id.length(), other.id.length());
    return byHost != 0 ? byHost : byLength != 0 ? byLength : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return host + "/" + id;
  }
}
