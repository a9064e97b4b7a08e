package io.modeldepot.placement.fleet;

import io.modeldepot.events.state.SiteDescribed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What an operator wants of a GPU: the setting {@code gpu/<host>/<id>}.
 *
 * @param id which
 * @param drained that it shall be empty
 * @param reservation that a part is kept free
 */
public record GpuWish(
    GpuId id, Optional<Condition.Drained> drained, Optional<Reservation> reservation) {
  private static final String PREFIX = "gpu/";

  /** What a setting wants of a GPU; empty if it is about something else or cannot be understood. */
  public static Optional<GpuWish> of(SiteDescribed setting) {
    String[] key = setting.key().split("/", 3);
    if (!setting.key().startsWith(PREFIX) || key.length < 3 || key[2].isBlank()) {
      return Optional.empty();
    }
    Optional<Instant> until = time(setting.value().get("until"));
    Object said = setting.value().get("reason");
    String reason = said instanceof String text ? text : "no reason given";
    boolean drained = "drained".equals(setting.value().get("state"));
    Object reserved = setting.value().get("reservedBytes");
    return Optional.of(
        new GpuWish(
            new GpuId(key[1], key[2]),
            drained ? Optional.of(new Condition.Drained(until, reason)) : Optional.empty(),
            reserved instanceof Number bytes && bytes.longValue() > 0
                ? Optional.of(new Reservation(bytes.longValue(), until, reason))
                : Optional.empty()));
  }

  /** What is left of it at this time. */
  GpuWish at(Instant now) {
    return new GpuWish(
        id,
        drained.filter(wish -> wish.until().filter(end -> !now.isBefore(end)).isEmpty()),
        reservation.filter(wish -> wish.until().filter(end -> !now.isBefore(end)).isEmpty()));
  }

  private static Optional<Instant> time(@org.jspecify.annotations.Nullable Object value) {
    try {
      return value instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
