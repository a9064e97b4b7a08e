package io.modeldepot.provenance.oms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.wire.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A signature as it lies in a file: a Sigstore bundle around a DSSE envelope.
 *
 * @param method how it was signed
 * @param hint fingerprint of the key, where the bundle states one
 * @param payload the signed statement
 * @param signatures over the payload
 */
record Bundle(Method method, Optional<String> hint, byte[] payload, List<byte[]> signatures) {
  /** How a model was signed (section 4.1). */
  enum Method {
    KEY,
    CERTIFICATE,
    SIGSTORE
  }

  static final int MAX_BYTES = 16 << 20;
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final Pattern MEDIA_TYPES =
      Pattern.compile(
          "application/vnd\\.dev\\.sigstore\\.bundle(\\.v0\\.3\\+json|\\+json;version=0\\.[1-3])");
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  /** One signature by a key. */
  static Bundle byKey(String fingerprint, byte[] payload, byte[] signature) {
    return new Bundle(Method.KEY, Optional.of(fingerprint), payload, List.of(signature));
  }

  /** What the envelope signs: type and payload with their lengths, so that neither can shift. */
  static byte[] preAuthenticationEncoding(byte[] payload) {
    byte[] head =
        "DSSEv1 %d %s %d "
            .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, payload.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] encoded = java.util.Arrays.copyOf(head, head.length + payload.length);
    System.arraycopy(payload, 0, encoded, head.length, payload.length);
    return encoded;
  }

  /** The file's bytes. */
  byte[] bytes() {
    ObjectNode bundle = JsonNodeFactory.instance.objectNode();
    bundle.put("mediaType", MEDIA_TYPE);
    ObjectNode material = bundle.putObject("verificationMaterial");
    material.putObject("publicKey").put("hint", hint.orElse(""));
    material.putArray("tlogEntries");
    ObjectNode envelope = bundle.putObject("dsseEnvelope");
    envelope.put("payload", Base64.getEncoder().encodeToString(payload));
    envelope.put("payloadType", PAYLOAD_TYPE);
    for (byte[] signature : signatures) {
      envelope
          .withArray("signatures")
          .addObject()
          .put("sig", Base64.getEncoder().encodeToString(signature))
          .put("keyid", "");
    }
    return CanonicalJson.bytes(bundle);
  }

  /**
   * From a file's bytes.
   *
   * @throws MalformedBundle if they are no bundle
   */
  static Bundle parse(byte[] file) throws MalformedBundle {
    if (file.length > MAX_BYTES) {
      throw new MalformedBundle("The signature is longer than any that is read.");
    }
    JsonNode bundle = StrictJson.object(file, "signature");
    StrictJson.onlyHas(
        bundle, "signature", Set.of("mediaType", "verificationMaterial", "dsseEnvelope"));
    if (!MEDIA_TYPES.matcher(StrictJson.text(bundle, "mediaType")).matches()) {
      throw new MalformedBundle("The signature has another media type than a Sigstore bundle.");
    }
    JsonNode material = StrictJson.child(bundle, "verificationMaterial");
    JsonNode envelope = StrictJson.child(bundle, "dsseEnvelope");
    StrictJson.onlyHas(envelope, "envelope", Set.of("payload", "payloadType", "signatures"));
    if (!StrictJson.text(envelope, "payloadType").equals(PAYLOAD_TYPE)) {
      throw new MalformedBundle("What is signed is not an in-toto statement.");
    }
    List<byte[]> signatures = new ArrayList<>();
    for (JsonNode signature : StrictJson.list(envelope, "signatures")) {
      StrictJson.onlyHas(signature, "envelope's signature", Set.of("sig", "keyid"));
      signatures.add(base64(signature, "sig"));
    }
    return new Bundle(method(material), hint(material), base64(envelope, "payload"), signatures);
  }

  private static Method method(JsonNode material) throws MalformedBundle {
    if (material.has("publicKey")) {
      JsonNode key = StrictJson.child(material, "publicKey");
      if (!key.path("hint").isTextual() && !key.path("rawBytes").isTextual()) {
        throw new MalformedBundle("The signature names no key.");
      }
      return Method.KEY;
    }
    if (material.has("x509CertificateChain")) {
      JsonNode chain = StrictJson.child(material, "x509CertificateChain");
      for (JsonNode certificate : StrictJson.list(chain, "certificates")) {
        String ignored = StrictJson.text(certificate, "rawBytes");
      }
      return Method.CERTIFICATE;
    }
    JsonNode certificate = StrictJson.child(material, "certificate");
    String ignored = StrictJson.text(certificate, "rawBytes");
    JsonNode entries = StrictJson.list(material, "tlogEntries");
    if (!entries.get(0).isObject()) {
      throw new MalformedBundle("The entry of the transparency log is none.");
    }
    return Method.SIGSTORE;
  }

  private static Optional<String> hint(JsonNode material) {
    JsonNode hint = material.path("publicKey").path("hint");
    return Optional.ofNullable(hint.textValue()).filter(text -> !text.isEmpty());
  }

  private static byte[] base64(JsonNode parent, String name) throws MalformedBundle {
    String text = StrictJson.text(parent, name);
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes; // the one text for these bytes, so that no bit of a signature is loose
      }
      throw new MalformedBundle("The text %s is not base64 in its one form.".formatted(name));
    } catch (IllegalArgumentException e) {
      throw new MalformedBundle("The text %s is not base64.".formatted(name));
    }
  }
}
