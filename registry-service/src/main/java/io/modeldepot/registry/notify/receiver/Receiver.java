package io.modeldepot.registry.notify.receiver;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody who is told.
 *
 * @param name after {@code notify/}
 * @param on what is told, in the setting's words
 * @param template how
 * @param url the address, if the setting has it
 * @param urlFile the file that it is in, if not
 * @param secretFile the file with the keys that sign, if the setting names one
 * @param generation of the setting
 * @param since what happened before is not told
 */
public record Receiver(
    String name,
    List<String> on,
    Template template,
    Optional<String> url,
    Optional<String> urlFile,
    Optional<String> secretFile,
    long generation,
    Instant since) {

  public Receiver {
    on = List.copyOf(on);
  }

  /**
   * A setting of ours. What a newer version has put into it and this one does not know is left out.
   */
  public static Receiver of(String key, Map<String, Object> value, long generation, Instant since) {
    List<String> on =
        value.get("on") instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of();
    return new Receiver(
        key.substring(ReceiverShape.PREFIX.length()),
        on,
        text(value, "template").flatMap(Template::of).orElse(Template.CLOUDEVENTS),
        text(value, "url"),
        text(value, "urlFile"),
        text(value, "secretFile"),
        generation,
        since);
  }

  /** Whether it is to be told something of this kind that happened then. */
  public boolean wants(NewsKind kind, Instant happenedAt) {
    return !happenedAt.isBefore(since)
        && on.stream().anyMatch(word -> new Wanted(word).names(kind));
  }

  private static Optional<String> text(Map<String, Object> value, String member) {
    return value.get(member) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
