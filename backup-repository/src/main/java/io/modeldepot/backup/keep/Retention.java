package io.modeldepot.backup.keep;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which backups stay: the newest few, and of each of the newest days, weeks and months the last
 * one; all in UTC. Backups of different scopes are judged apart, so a backup of one model never
 * takes the place of one of everything. The newest of each scope always stays, and what is pinned.
 *
 * @param last how many of the newest
 * @param daily of how many days
 * @param weekly of how many weeks, which begin on Monday
 * @param monthly of how many months
 */
public record Retention(int last, int daily, int weekly, int monthly) {
  /** Where nobody says otherwise. */
  public static final Retention USUAL = new Retention(7, 14, 8, 12);

  /**
   * @throws IllegalArgumentException for a negative number
   */
  public Retention {
    if (last < 0 || daily < 0 || weekly < 0 || monthly < 0) {
      throw new IllegalArgumentException("No negative number of backups can be kept.");
    }
  }

  /**
   * What is to be judged.
   *
   * @param id of the backup
   * @param time when it was made
   * @param scope of what
   */
  public record Candidate(String id, Instant time, String scope) {}

  /**
   * What becomes of a backup.
   *
   * @param candidate which
   * @param kept whether it stays
   * @param why in a word or three
   */
  public record Verdict(Candidate candidate, boolean kept, String why) {}

  /**
   * Judges backups.
   *
   * @param pins reasons, by id
   * @return one verdict each, newest first
   */
  public List<Verdict> judge(Collection<Candidate> candidates, Map<String, String> pins) {
    Map<String, List<Candidate>> byScope = new TreeMap<>();
    candidates.stream()
        .sorted(Comparator.comparing(Candidate::time).thenComparing(Candidate::id).reversed())
        .forEach(c -> byScope.computeIfAbsent(c.scope(), s -> new ArrayList<>()).add(c));
    Map<String, String> kept = new HashMap<>();
    byScope.values().forEach(newestFirst -> keep(newestFirst, kept));
    pins.forEach((id, reason) -> kept.put(id, "pinned: " + reason));
    return candidates.stream()
        .sorted(Comparator.comparing(Candidate::time).thenComparing(Candidate::id).reversed())
        .map(
            c ->
                new Verdict(
                    c,
                    kept.containsKey(c.id()),
                    Optional.ofNullable(kept.get(c.id())).orElse("no rule keeps it")))
        .toList();
  }

  private void keep(List<Candidate> newestFirst, Map<String, String> kept) {
    kept.put(newestFirst.getFirst().id(), "the newest");
    newestFirst.stream().limit(last).forEach(c -> kept.putIfAbsent(c.id(), "one of the newest"));
    lastOfEach(newestFirst, daily, Retention::day, "the last of a day", kept);
    lastOfEach(newestFirst, weekly, Retention::week, "the last of a week", kept);
    lastOfEach(newestFirst, monthly, c -> YearMonth.from(day(c)), "the last of a month", kept);
  }

  private static void lastOfEach(
      List<Candidate> newestFirst,
      int periods,
      Function<Candidate, Object> period,
      String why,
      Map<String, String> kept) {
    Map<Object, Candidate> seen = new HashMap<>();
    for (Candidate candidate : newestFirst) {
      Object its = period.apply(candidate);
      if (seen.containsKey(its)) {
        continue;
      }
      if (seen.size() == periods) {
        return;
      }
      seen.put(its, candidate);
      kept.putIfAbsent(candidate.id(), why);
    }
  }

  private static LocalDate day(Candidate candidate) {
    return LocalDate.ofInstant(candidate.time(), ZoneOffset.UTC);
  }

  private static Object week(Candidate candidate) {
    LocalDate day = day(candidate);
    return day.get(IsoFields.WEEK_BASED_YEAR) * 100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }
}
