package io.modeldepot.registry.desired.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a document says of one setting of the site.
 *
 * @param key as REST has it: {@code gpu/HOST/ID}, {@code retention}, {@code quota/FAMILY}, {@code
 *     schedule/NAME}, {@code notify/NAME}
 * @param path where it stands in the document
 * @param value the whole of it, as REST has it; empty: nothing is to be set
 */
public record WishedSetting(String key, Place place, List<String> path, ObjectNode value) {

  public WishedSetting {
    path = List.copyOf(path);
  }

  /** A fault of the setting, in the words of REST. */
  public Fault fault(String pointer, String say) {
    return new Fault(place, path, pointer.isEmpty() ? say : pointer.substring(1) + ": " + say);
  }
}
