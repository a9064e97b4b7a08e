package io.modeldepot.registry.downloads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.door.Storable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two requests with one id ask for the same: a digest without the id itself. */
final class PayloadDigest {
  private PayloadDigest() {}

  static String of(DownloadRequested asked) {
    ObjectNode json = Wire.mapper().valueToTree(asked);
    json.remove("requestId");
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(CanonicalJson.bytes(Storable.json(json))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
