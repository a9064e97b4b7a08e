package io.modeldepot.registry.desired.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.ModelName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document says of a model.
 *
 * @param patch its wishes as a merge patch of the catalog entry, as a PATCH by REST has them; what
 *     the document leaves out is not in it
 * @param fetch whether it is to be brought here where it is absent
 * @param archived whether it is to be in the archive; empty: nothing is said of that
 * @param places where its keys stand
 */
public record WishedModel(
    ModelName model,
    Place place,
    ObjectNode patch,
    boolean fetch,
    Optional<Boolean> archived,
    Map<String, Place> places) {

  public WishedModel {
    places = Map.copyOf(places);
  }

  /**
   * A fault of the wish, in the words of REST, where it stands in the document.
   *
   * @param pointer into the catalog entry
   */
  public Fault fault(String pointer, String say) {
    String key = ModelKeys.ofPointer(pointer);
    Place at = places.get(key);
    return at == null
        ? new Fault(place, List.of("models", model.value()), say)
        : new Fault(at, List.of("models", model.value(), key), say);
  }
}
