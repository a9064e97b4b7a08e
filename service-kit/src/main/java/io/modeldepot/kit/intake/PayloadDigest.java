package io.modeldepot.kit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.events.wire.Wire;
import java.util.List;

/**
 * Tells whether two commands ask for the same: a digest over the payload without its id and without
 * who says to have asked, for the registry fills in what a caller left out. A second command with
 * the same id and another digest is a {@code duplicate-id}.
 */
public final class PayloadDigest {
  private static final List<String> LEFT_OUT = List.of("requestId", "actor");

  private PayloadDigest() {}

  /** The digest of a payload whose texts are whole characters. */
  public static Sha256 of(Object payload) {
    JsonNode json = Wire.mapper().valueToTree(payload);
    if (json instanceof ObjectNode object) {
      object.remove(LEFT_OUT);
    }
    return Sha256.ofBytes(CanonicalJson.bytes(json));
  }
}
