package io.modeldepot.simulation.service;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.simulation.broker.Broker;
import io.modeldepot.simulation.time.Chance;
import io.modeldepot.simulation.time.Process;
import io.modeldepot.simulation.time.Task;
import io.modeldepot.simulation.time.Timeline;
import io.modeldepot.store.volume.call.Errno;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run: its time, its chance, its broker and hub, its locations, and what goes wrong in it. */
public final class World {
  private static final int TRACE = 60;

  private final Chance chance;
  private final Timeline timeline;
  private final Clock clock;
  private final Broker broker;
  private final Broken broken;
  private final List<String> models;
  private final List<Site> sites = new ArrayList<>();
  private final HubOfWorld hub;
  private final Registry registry;
  private final Laws laws;
  private final Process outside = new Process("world");
  private final Map<String, Server> owners = new HashMap<>();
  private final Map<String, Long> seenAt = new HashMap<>();
  private final Deque<String> trace = new ArrayDeque<>();
  private final boolean tracing;
  private final int calls;
  private boolean mischief = true;
  private boolean quiet;
  private int untilMischief;
  private int events;
  private Duration shifted = Duration.ZERO;
  private boolean clockJumped;

  /** A world from a seed. */
  public World(long seed, Broken.Step step, boolean tracing) {
    this.chance = new Chance(seed);
    this.tracing = tracing;
    this.timeline = new Timeline(chance, chance.oneOf(List.of(1, 3, 10, 40)));
    this.clock = new Server.WorldClock(this);
    this.broker = new Broker(timeline::now);
    this.broken = new Broken(this, step);
    this.models = chance.percent(70) ? List.of("m0") : List.of("m0", "m1");
    this.hub = new HubOfWorld(this, models);
    int locations = chance.percent(80) ? 1 : 2;
    for (int number = 0; number < locations; number++) {
      Site site = new Site(this, "loc" + number);
      sites.add(site);
      int downloaders = chance.percent(50) ? 1 : 2;
      for (int one = 0; one < downloaders; one++) {
        site.servers().add(new DownloaderServer(this, site, site.name() + "-down" + one));
      }
      int janitors = chance.percent(80) ? 1 : 2;
      for (int one = 0; one < janitors; one++) {
        site.servers().add(new JanitorServer(this, site, site.name() + "-jan" + one));
      }
    }
    this.registry = new Registry(this);
    this.laws = new Laws(this);
    this.calls = chance.oneOf(List.of(60, 200, 600, 2_000));
    this.untilMischief = 1 + chance.below(2 * calls);
    this.events = 1 + chance.below(8);
  }

  // -- what there is

  Chance chance() {
    return chance;
  }

  /** Its time. */
  public Timeline timeline() {
    return timeline;
  }

  Clock clock() {
    return clock;
  }

  Broker broker() {
    return broker;
  }

  Broken broken() {
    return broken;
  }

  HubOfWorld hub() {
    return hub;
  }

  Registry registry() {
    return registry;
  }

  /** Its laws. */
  public Laws laws() {
    return laws;
  }

  List<Site> sites() {
    return sites;
  }

  List<String> models() {
    return models;
  }

  Process outside() {
    return outside;
  }

  boolean mischief() {
    return mischief;
  }

  Duration soon(int millis) {
    return Duration.ofMillis(1 + chance.below(millis));
  }

  Duration lookEvery() {
    return mischief ? Duration.ofSeconds(1) : Duration.ofSeconds(3);
  }

  // -- what goes wrong

  Optional<Errno> before(Server server, Process process, String call, Path path) {
    process.requireAlive();
    if (quiet) {
      return Optional.empty();
    }
    if (mischief && events > 0 && !isLook(path) && --untilMischief <= 0) {
      untilMischief = 1 + chance.below(2 * calls);
      events--;
      Optional<Errno> refused = happen(server);
      if (refused.isPresent()) {
        trace("refused " + refused.get(), call + " " + path);
        return refused;
      }
    }
    if (!isLook(path)) {
      timeline.step(process);
    }
    process.requireAlive();
    return Optional.empty();
  }

  /**
   * Whether somebody only looks whether the volume is here; it is. The downloader does that under a
   * lock, and whoever waits for a lock waits for another thread, of which there is none.
   */
  private static boolean isLook(Path path) {
    return path.endsWith("volume.json") || path.endsWith(".");
  }

  private Optional<Errno> happen(Server server) {
    int what = chance.below(100);
    if (what < 35) {
      crash(server);
    } else if (what < 50) {
      cutPower(server.site());
    } else if (what < 68) {
      Duration stall = Duration.ofSeconds(1 + chance.below(120));
      note(server, "stands still for " + stall);
      timeline.stall(server.process(), stall);
    } else if (what < 76) {
      brokerGoes();
    } else if (what < 86) {
      return Optional.of(chance.oneOf(List.of(Errno.EIO, Errno.ENOSPC, Errno.ESTALE)));
    } else if (what < 90) {
      trace("broker", "forgets offsets");
      broker.loseOffsets();
    } else if (what < 96) {
      trace("broker", "compacts");
      broker.compact();
    } else if (what < 98) {
      trace("broker", "is wiped");
      broker.wipe();
      laws.forgetAsked();
    } else {
      Duration by = Duration.ofSeconds(chance.below(14_400) - 7_200);
      trace("clock", "jumps by " + by);
      clockJumped = true;
      timeline.shiftWall(by);
      shifted = shifted.plus(by);
      after(Duration.ofSeconds(60 + chance.below(60)), this::setClockRight);
    }
    return Optional.empty();
  }

  void crash(Server server) {
    note(server, "is killed");
    server.process().kill();
    after(Duration.ofMillis(100 + chance.below(60_000)), () -> startAgain(server));
  }

  private void cutPower(Site site) {
    int lossy = site.disk().lossy();
    int lost = lossy == 0 ? 0 : chance.below(lossy + 1);
    trace("power is cut at", site.name() + ", " + lost + " of " + lossy + " changes are lost");
    site.servers().forEach(server -> server.process().kill());
    site.disk().cutPower(lost);
    laws.of(site).all();
    Duration dark = Duration.ofMillis(100 + chance.below(10_000));
    for (Server server : site.servers()) {
      after(dark.plus(soon(30_000)), () -> startAgain(server));
    }
  }

  private void brokerGoes() {
    trace("broker", "goes away");
    broker.away(true);
    after(
        Duration.ofSeconds(1 + chance.below(90)),
        () -> {
          trace("broker", "is back");
          broker.away(false);
        });
  }

  private void startAgain(Server server) {
    if (server.process().isDead()) {
      note(server, "starts again");
      server.start();
    }
  }

  private void after(Duration time, Runnable what) {
    timeline.spawn(
        outside,
        "later",
        () -> {
          timeline.pause(outside, time);
          what.run();
        });
  }

  private void setClockRight() {
    timeline.shiftWall(shifted.negated());
    shifted = Duration.ZERO;
  }

  /** Nothing goes wrong any more, and everybody is there. */
  public void calmDown() {
    mischief = false;
    broker.away(false);
    setClockRight();
    for (Site site : sites) {
      for (Server server : site.servers()) {
        timeline.stall(server.process(), Duration.ZERO);
        if (clockJumped && server instanceof JanitorServer) {
          // One that was started while the clock was wrong removes nothing until it is started
          // anew.
          server.process().kill();
        }
        startAgain(server);
      }
    }
  }

  /**
   * Whether everybody is to start again before the end. After a wiped broker that is needed: a
   * location is announced at the start, and else every six hours.
   */
  boolean endsWithRestart() {
    return broker.life() > 1 || chance.percent(25);
  }

  /** Everybody starts again, as after an upgrade. */
  public void restartAll() {
    for (Site site : sites) {
      for (Server server : site.servers()) {
        server.process().kill();
        server.start();
      }
    }
    registry.restart();
  }

  /** Does something in which nobody else has a turn. */
  void quietly(Runnable what) {
    boolean before = quiet;
    quiet = true;
    try {
      what.run();
    } finally {
      quiet = before;
    }
  }

  // -- what is said

  /** Something that goes on whoever dies. */
  void outside(Task.Body body) {
    timeline.spawn(outside, "outside", body);
  }

  /** Whether a server has the partition of its group: whoever has it keeps it while it lives. */
  boolean assigned(String group, Server server) {
    Server owner = owners.get(group);
    long now = timeline.nanos();
    boolean silent =
        owner == null
            || owner.process().isDead()
            || now - seenAt.getOrDefault(group, 0L) > Duration.ofSeconds(45).toNanos();
    if (silent) {
      owners.put(group, server);
      owner = server;
    }
    if (owner == server) {
      seenAt.put(group, now);
    }
    return owner == server;
  }

  /** Commands that no janitor has carried out yet. */
  boolean cleanupsAreOpen() {
    return sites.stream()
        .anyMatch(
            site ->
                broker.committed("janitor/" + site.name(), Topics.CLEANUP_DUE)
                    < broker.end(Topics.CLEANUP_DUE));
  }

  // -- what is written down

  void note(Server server, String what) {
    if (tracing) {
      trace(server.process().name(), what);
    }
  }

  void trace(String what, String about) {
    if (tracing) {
      trace.addLast(
          "%8.3f %-22s %s %s".formatted(timeline.nanos() / 1e9, timeline.who(), what, about));
      if (trace.size() > Integer.getInteger("depot.simulation.trace", TRACE)) {
        trace.removeFirst();
      }
    }
  }

  /** The last things that happened, if they were written down. */
  public List<String> trace() {
    return List.copyOf(trace);
  }
}
