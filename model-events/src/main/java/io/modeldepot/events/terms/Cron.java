package io.modeldepot.events.terms;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Five fields as cron has them: minute, hour, day of the month, month, day of the week (0 to 7,
 * both ends Sunday), in UTC; {@code *}, lists, ranges and steps. If both days are restricted either
 * will do, as everywhere.
 */
public final class Cron {
  private static final int[][] BOUNDS = {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}};

  private final List<BitSet> fields;
  private final boolean anyDay;
  private final boolean anyWeekday;

  private Cron(List<BitSet> fields, boolean anyDay, boolean anyWeekday) {
    this.fields = fields;
    this.anyDay = anyDay;
    this.anyWeekday = anyWeekday;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none, in words
   */
  public static Cron parse(String text) {
    String[] parts = text.strip().split("\\s+", -1);
    if (parts.length != BOUNDS.length) {
      throw new IllegalArgumentException("\"" + text + "\" has not five fields.");
    }
    List<BitSet> fields = new ArrayList<>();
    for (int at = 0; at < parts.length; at++) {
      fields.add(field(parts[at], BOUNDS[at][0], BOUNDS[at][1]));
    }
    if (fields.get(4).get(7)) {
      fields.get(4).set(0);
    }
    return new Cron(fields, parts[2].startsWith("*"), parts[4].startsWith("*"));
  }

  /** The latest minute at which it was due, up to now and not earlier than so long ago. */
  public Optional<Instant> lastDue(Instant now, Duration atMostAgo) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    Instant earliest = now.minus(atMostAgo);
    while (!minute.isBefore(earliest)) {
      if (isDue(minute.atZone(ZoneOffset.UTC))) {
        return Optional.of(minute);
      }
      minute = minute.minus(1, ChronoUnit.MINUTES);
    }
    return Optional.empty();
  }

  private boolean isDue(ZonedDateTime at) {
    boolean day = fields.get(2).get(at.getDayOfMonth());
    boolean weekday = fields.get(4).get(at.getDayOfWeek().getValue() % 7);
    boolean date = anyDay || anyWeekday ? day && weekday : day || weekday;
    return fields.get(0).get(at.getMinute())
        && fields.get(1).get(at.getHour())
        && fields.get(3).get(at.getMonthValue())
        && date;
  }

  private static BitSet field(String text, int least, int most) {
    BitSet set = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] halves = part.split("/", -1);
      int step = halves.length == 2 ? number(halves[1], 1, most) : 1;
      if (halves.length > 2) {
        throw new IllegalArgumentException("\"" + part + "\" has two steps.");
      }
      int from = least;
      int to = most;
      if (!halves[0].equals("*")) {
        String[] ends = halves[0].split("-", -1);
        from = number(ends[0], least, most);
        to = ends.length == 2 ? number(ends[1], from, most) : halves.length == 2 ? most : from;
        if (ends.length > 2) {
          throw new IllegalArgumentException("\"" + part + "\" is no range.");
        }
      }
      for (int value = from; value <= to; value += step) {
        set.set(value);
      }
    }
    return set;
  }

  private static int number(String text, int least, int most) {
    if (!text.matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException("\"" + text + "\" is no number.");
    }
    int value = Integer.parseInt(text);
    if (value < least || value > most) {
      throw new IllegalArgumentException(text + " is not from " + least + " to " + most + ".");
    }
    return value;
  }
}
