package io.modeldepot.registry.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A notification as REST shows it. In a list without {@code data} and {@code tries}.
 *
 * @param id as the receiver gets it in {@code webhook-id}
 * @param kind what happened
 * @param object to what
 * @param say in words
 * @param state {@code waiting}, {@code delivered} or {@code given-up}
 * @param attempts how often it was tried
 * @param status of the last answer; absent where there was none
 * @param millis how long the last attempt took
 * @param said the last answer's first words, or why there was none
 * @param nextAt when it is tried again; absent where it is not
 */
public record NotificationView(
    String id,
    String receiver,
    String kind,
    String object,
    String say,
    String state,
    int attempts,
    Optional<Integer> status,
    Optional<Long> millis,
    Optional<String> said,
    Instant happenedAt,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> nextAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> data,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Try> tries) {

  /** One attempt. */
  public record Try(int number, Instant at, Optional<Integer> status, long millis, String said) {
    static Try of(AttemptRow row) {
      return new Try(row.number, row.at, Optional.ofNullable(row.status), row.millis, row.said);
    }
  }

  /** Whether the receiver has it. */
  public boolean isDelivered() {
    return state.equals(NotificationRow.DELIVERED);
  }

  static NotificationView inShort(NotificationRow row) {
    return of(row, Map.of(), List.of());
  }

  static NotificationView of(NotificationRow row, List<AttemptRow> attempts) {
    return of(row, row.details(), attempts.stream().map(Try::of).toList());
  }

  private static NotificationView of(
      NotificationRow row, Map<String, Object> data, List<Try> tries) {
    return new NotificationView(
        row.id,
        row.receiver,
        row.kind,
        row.object,
        row.say,
        row.state,
        row.attempts,
        Optional.ofNullable(row.status),
        Optional.ofNullable(row.millis),
        Optional.ofNullable(row.said).filter(said -> !said.isEmpty()),
        row.happenedAt,
        row.createdAt,
        row.updatedAt,
        Optional.of(row.nextAt).filter(next -> row.state.equals(NotificationRow.WAITING)),
        data,
        tries);
  }
}
