package io.modeldepot.kit.intake;

import io.modeldepot.events.wire.UnreadablePayload.Reason;

/**
 * What a record of a command topic turned out to be.
 *
 * @param <T> the payload
 */
public sealed interface Incoming<T> {

  /** Where the record lies. */
  Origin origin();

  /**
   * A command.
   *
   * @param command it
   * @param <T> the payload
   */
  record Readable<T>(CommandEnvelope<T> command) implements Incoming<T> {
    @Override
    public Origin origin() {
      return command.origin();
    }
  }

  /**
   * No command; it belongs into the dead-letter topic.
   *
   * @param reason which kind of wrong
   * @param detail what is wrong, in words for people
   * @param origin where the record lies
   * @param <T> the payload it should have had
   */
  record Refused<T>(Reason reason, String detail, Origin origin) implements Incoming<T> {}
}
