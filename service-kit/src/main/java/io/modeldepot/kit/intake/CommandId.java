package io.modeldepot.kit.intake;

import io.modeldepot.events.terms.RequestId;
import java.util.Optional;

/**
 * The id of a command: its payload's {@code requestId}, else the header {@code ce_id}, else one
 * made of where the record lies, so that a record delivered twice has one id.
 */
public final class CommandId {
  private CommandId() {}

  /** The id of a command, by the rule above. */
  public static RequestId of(
      Optional<RequestId> requestId, Optional<String> cloudEventId, Origin origin) {
    return requestId
        .or(() -> cloudEventId.filter(id -> !id.isEmpty()).map(CommandId::fromForeign))
        .orElseGet(() -> fromOrigin(origin));
  }

  /**
   * An id that somebody else chose ({@code ce_id}, {@code Idempotency-Key}): itself where it has
   * our form, else {@code h-} and a digest of it.
   */
  public static RequestId fromForeign(String id) {
    return id.matches(RequestId.PATTERN)
        ? RequestId.of(id)
        : RequestId.of("h-" + Digests.short32(id));
  }

  private static RequestId fromOrigin(Origin origin) {
    return RequestId.of(
        "k-"
            + Digests.short32(
                "%s|%d|%d|%d"
                    .formatted(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        origin.publishedAt().toEpochMilli())));
  }
}
