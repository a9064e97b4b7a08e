package io.modeldepot.placement.fleet;

/**
 * What makes GPUs equal: shards of one model run on GPUs of one kind.
 *
 * @param name product name
 * @param memoryBytes all of its memory
 * @param form a whole GPU, or a slice of one
 */
public record GpuKind(String name, long memoryBytes, Form form) implements Comparable<GpuKind> {

  /** A whole GPU, or a slice of one. */
  public enum Form {
    WHOLE,
    /** Slices do not reach each other, so no model is cut over several. */
    SLICE
  }

  private static final String MIG = "MIG-";

  /** The kind of a GPU that is called so: the ids of slices are UUIDs that begin with MIG. */
  public static GpuKind of(String id, String name, long memoryBytes) {
    return new GpuKind(name, memoryBytes, id.startsWith(MIG) ? Form.SLICE : Form.WHOLE);
  }

  @Override
  public int compareTo(GpuKind other) {
    int byMemory = Long.compare(memoryBytes, other.memoryBytes);
    int byName = name.compareTo(other.name);
    return byMemory != 0 ? byMemory : byName != 0 ? byName : form.compareTo(other.form);
  }
}
