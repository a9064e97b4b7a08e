package io.modeldepot.registry.listing;

/**
 * A field by which a list can be filtered and sorted.
 *
 * @param name as it is written in {@code filter} and {@code sort}
 * @param property the entity's property; never null in any row, so that rows have one order
 * @param kind how its values are written and compared
 */
public record Field(String name, String property, Kind kind) {

  /** How values of a field are written. */
  public enum Kind {
    /** Compared as it is; {@code ~} asks whether it contains the text. */
    TEXT,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A whole number. */
    NUMBER,
    /** Bytes, with a decimal unit if wanted: {@code 30g}, {@code 1.5TB}. */
    SIZE,
    /**
     * How long ago: {@code 30d}, {@code 2h}. Sorts by the moment, so the newest is the greatest.
     */
    AGE
  }

  /** A field that the database knows under another name. */
  public static Field of(String name, String property, Kind kind) {
    return new Field(name, property, kind);
  }

  /** A field that the database knows under the same name. */
  public static Field of(String name, Kind kind) {
    return new Field(name, name, kind);
  }
}
