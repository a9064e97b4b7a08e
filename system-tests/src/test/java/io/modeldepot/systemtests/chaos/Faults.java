package io.modeldepot.systemtests.chaos;

import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.net.Passage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that goes wrong in a run, as far as this machine allows it. */
final class Faults {
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final Duration WHILE = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(12);
  private static final int FURTHEST_JUMP_SECONDS = 7_200;

  private final Site site;
  private final Dice dice;
  private final Forgetting forgetting;
  private final Repeating repeating;
  private final List<Supplier<Fault>> kinds = new ArrayList<>();

  Faults(Site site, Dice dice) {
    this.site = site;
    this.dice = dice;
    this.forgetting = new Forgetting(site);
    this.repeating = new Repeating(site, dice.next());
    often(4, this::killed);
    often(1, this::ended);
    often(3, this::paused);
    often(3, this::cutOff);
    often(1, this::brokerKilled);
    often(1, this::brokerPaused);
    often(1, this::brokerRestarted);
    often(2, this::databaseGone);
    often(1, this::databaseCutOff);
    often(3, this::hubMoody);
    often(1, this::offsetsLost);
    often(2, this::recordsAgain);
    if (site.ground().cannot().isEmpty()) {
      often(2, this::diskFull);
      often(2, this::unmounted);
    }
    if (site.clocks().cannot().isEmpty()) {
      often(2, this::clockJumped);
    }
  }

  /** What this machine does not allow, and why. */
  static List<String> leftOut(Site site) {
    return Stream.concat(site.ground().cannot().stream(), site.clocks().cannot().stream()).toList();
  }

  /** The next one by chance. */
  Fault next() {
    return dice.of(kinds).get();
  }

  /** The one that is drawn least: the broker forgets everything. */
  Fault brokerWiped() {
    return new Fault("broker wiped", everything(), forgetting::wipe, () -> {}, Duration.ZERO);
  }

  private void often(int weight, Supplier<Fault> kind) {
    for (int i = 0; i < weight; i++) {
      kinds.add(kind);
    }
  }

  private Fault killed() {
    ServiceProcess one = anybody();
    return new Fault(
        "process killed", Set.of(one.name()), one::kill, one::launch, dice.between(MOMENT, WHILE));
  }

  private Fault ended() {
    ServiceProcess one = anybody();
    return new Fault("process ended", Set.of(one.name()), one::close, one::launch, MOMENT);
  }

  private Fault paused() {
    ServiceProcess one = anybody();
    return new Fault(
        "process paused",
        Set.of(one.name()),
        () -> one.signal("STOP"),
        () -> one.signal("CONT"),
        dice.between(MOMENT, LONG));
  }

  private Fault cutOff() {
    String party = dice.of(Site.PARTIES);
    return cut("network cut", "way of " + party, site.broker().way(party));
  }

  private Fault databaseCutOff() {
    return cut("network cut", "way to the database", site.toDatabase());
  }

  private Fault cut(String kind, String target, Passage way) {
    boolean silent = dice.oneIn(2);
    return new Fault(
        silent ? kind + ", silent" : kind,
        Set.of(target),
        silent ? way::swallow : way::cut,
        way::mend,
        dice.between(MOMENT, LONG));
  }

  private Fault brokerKilled() {
    return new Fault(
        "broker killed",
        Set.of("broker"),
        site.broker()::kill,
        site.broker()::start,
        dice.between(MOMENT, WHILE));
  }

  private Fault brokerRestarted() {
    return Fault.once("broker restarted", "broker", site.broker()::restart);
  }

  private Fault brokerPaused() {
    return new Fault(
        "broker paused",
        Set.of("broker"),
        () -> signal(site.broker().pid(), "STOP"),
        () -> signal(site.broker().pid(), "CONT"),
        dice.between(MOMENT, WHILE));
  }

  private Fault databaseGone() {
    boolean killed = dice.oneIn(2);
    return new Fault(
        killed ? "database killed" : "database stopped",
        Set.of("database"),
        killed ? site.database()::kill : site.database()::stop,
        site.database()::start,
        dice.between(MOMENT, WHILE));
  }

  private Fault hubMoody() {
    if (dice.oneIn(3)) {
      return cut("hub away", "hub", site.toHub());
    }
    Mood mood =
        dice.of(
            List.of(
                Mood.Refuse.with(503),
                Mood.Refuse.with(429, "Retry-After", "2"),
                new Mood.Stall(100_000 + dice.below(1_000_000)),
                new Mood.Truncate(100_000 + dice.below(1_000_000)),
                new Mood.Corrupt(dice.below(1_000_000)),
                new Mood.Slow(500_000 + dice.below(2_000_000)),
                new Mood.IgnoreRange()));
    return new Fault(
        "hub moody",
        Set.of("hub"),
        () -> site.hub().mood(mood),
        site.hub()::calm,
        dice.between(MOMENT, LONG));
  }

  private Fault offsetsLost() {
    boolean downloads = dice.oneIn(2);
    String group = downloads ? "downloader-default" : "janitor-default";
    List<ServiceProcess> members =
        downloads
            ? List.of(site.service("downloader-1"), site.service("downloader-2"))
            : List.of(site.service("janitor-1"));
    return new Fault(
        "offsets lost",
        members.stream().map(ServiceProcess::name).collect(Collectors.toSet()),
        () -> {
          members.forEach(ServiceProcess::kill);
          forgetting.offsets(group);
        },
        () -> members.forEach(ServiceProcess::launch),
        Duration.ZERO);
  }

  private Fault recordsAgain() {
    return Fault.once("records again, old ones last", "topics", repeating::some);
  }

  private Fault diskFull() {
    return new Fault(
        "disk full",
        Set.of("disk"),
        site.ground()::fill,
        site.ground()::clear,
        dice.between(MOMENT, LONG));
  }

  private Fault unmounted() {
    return new Fault(
        "volume unmounted",
        Set.of("disk"),
        site.ground()::unmount,
        site.ground()::mount,
        dice.between(MOMENT, LONG));
  }

  private Fault clockJumped() {
    ServiceProcess one = anybody();
    int seconds = dice.below(2 * FURTHEST_JUMP_SECONDS) - FURTHEST_JUMP_SECONDS;
    return new Fault(
        "clock jumped",
        Set.of("clock of " + one.name()),
        () -> site.clocks().set(one.name(), Duration.ofSeconds(seconds)),
        () -> site.clocks().set(one.name(), Duration.ZERO),
        dice.between(MOMENT, LONG));
  }

  private Set<String> everything() {
    Set<String> all = new HashSet<>(site.services().keySet());
    all.add("broker");
    return all;
  }

  private ServiceProcess anybody() {
    return site.service(dice.of(site.services().keySet().stream().sorted().toList()));
  }

  private static void signal(long pid, String signal) throws IOException, InterruptedException {
    int unused = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }
}
