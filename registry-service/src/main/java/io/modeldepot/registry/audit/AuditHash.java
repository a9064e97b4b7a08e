package io.modeldepot.registry.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.events.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The arithmetic of the chain: {@code hash(n) = SHA-256(hash(n-1) ‖ RFC 8785({seq, at, actor,
 * action, object, source, eventId, detail}))}, the former hash as its 32 bytes; {@code hash(0)} is
 * the SHA-256 of the installation's id as text.
 */
public final class AuditHash {
  private static final HexFormat HEX = HexFormat.of();

  private AuditHash() {}

  /** The hash before the first record, in hexadecimal. */
  public static String origin(UUID installation) {
    return HEX.formatHex(sha256().digest(installation.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** What a record's hash must be, from its other fields and from {@code prev}. */
  public static String of(AuditRecord record) {
    ObjectNode hashed = Wire.mapper().createObjectNode();
    hashed.put("seq", record.seq());
    hashed.put("at", Wire.time(record.at()));
    hashed.put("actor", record.actor());
    hashed.put("action", record.action());
    hashed.put("object", record.object());
    hashed.put("source", record.source());
    hashed.put("eventId", record.eventId());
    hashed.set("detail", record.detail());
    MessageDigest digest = sha256();
    digest.update(HEX.parseHex(record.prev()));
    return HEX.formatHex(digest.digest(CanonicalJson.bytes(hashed)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
