package io.modeldepot.registry.listing;

/**
 * The order of a list: by a field, then by the unique one in the same direction.
 *
 * @param field by which
 * @param descending greatest first
 */
public record Order(Field field, boolean descending) {

  /**
   * Reads {@code size}, {@code size:asc}, {@code name:desc}. Text rises, all else falls, unless
   * said.
   */
  static Order parse(String sort, Fields fields) {
    int colon = sort.indexOf(':');
    Field field = fields.named(colon < 0 ? sort : sort.substring(0, colon));
    String direction = colon < 0 ? "" : sort.substring(colon + 1);
    return switch (direction) {
      case "" -> new Order(field, field.kind() != Field.Kind.TEXT);
      case "asc" -> new Order(field, false);
      case "desc" -> new Order(field, true);
      default -> throw Values.refused("\"" + direction + "\" is no direction; write asc or desc.");
    };
  }

  String word() {
    return descending ? "desc" : "asc";
  }
}
