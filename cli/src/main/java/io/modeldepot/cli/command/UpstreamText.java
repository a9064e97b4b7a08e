package io.modeldepot.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a publisher's signature says, in words. */
public final class UpstreamText {
  private static final int SHORT = 7;

  private UpstreamText() {}

  /**
   * One line; empty where nobody looked.
   *
   * @param signature {@code upstreamSignature} of a version or a proof
   */
  public static String of(JsonNode signature) {
    String status = signature.path("status").asText("");
    if (status.equals("none")) {
      return "none in the repository";
    }
    List<String> words = new ArrayList<>();
    words.add(status.replace('-', ' '));
    if (signature.path("method").isTextual()) {
      words.add("method " + signature.path("method").asText());
    }
    String signer = signature.path("signer").asText("");
    if (!signer.isEmpty()) {
      words.add("key " + signer.substring(0, Math.min(SHORT, signer.length())));
    }
    String why = signature.path("why").asText("");
    return String.join(", ", words) + (why.isEmpty() ? "" : ": " + why);
  }
}
