package io.modeldepot.simulation.service;

import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.kit.announce.Announcing;
import io.modeldepot.simulation.disk.DiskCalls;
import io.modeldepot.simulation.time.Process;
import io.modeldepot.simulation.time.Task;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.claim.Ticks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/**
 * A service's process with its doors: its calls to the disk, its clock, what it says to the broker
 * and hears from it. It may be killed at any call, and started again as another process.
 */
public abstract class Server {
  final World world;
  final Site site;
  final String instance;
  private Process process;
  private int life;

  Server(World world, Site site, String instance) {
    this.world = world;
    this.site = site;
    this.instance = instance;
    this.process = new Process(instance);
  }

  /** Where it works. */
  public Site site() {
    return site;
  }

  /** The process that it is now. */
  public Process process() {
    return process;
  }

  /** Starts it, anew if it was killed. */
  public final void start() {
    process = new Process(instance + "#" + ++life);
    begin();
  }

  abstract void begin();

  /** Something that it does beside the rest. */
  final Task spawn(String name, Task.Body body) {
    return world.timeline().spawn(process, name, body);
  }

  /** Its calls to the disk. */
  final DiskCalls calls() {
    Process mine = process;
    return new DiskCalls(
        site.disk(), world.chance(), (call, path) -> world.before(this, mine, call, path));
  }

  final Ticks ticks() {
    Process mine = process;
    return new Ticks() {
      @Override
      public long nanos() {
        return world.timeline().nanos();
      }

      @Override
      public void pause(Duration duration) {
        world.timeline().pause(mine, duration);
      }
    };
  }

  final Clock clock() {
    return world.clock();
  }

  final Timekeeper time() {
    Process mine = process;
    return new Timekeeper() {
      @Override
      public Instant now() {
        return world.timeline().now();
      }

      @Override
      public long nanos() {
        return world.timeline().nanos();
      }

      @Override
      public boolean pause(Duration duration, CancelToken cancel) {
        if (!cancel.isCancelled()) {
          world.timeline().pause(mine, duration);
        }
        return !cancel.isCancelled();
      }

      @Override
      public RandomGenerator random() {
        return world.chance()::bits;
      }
    };
  }

  /** What it says to the broker. */
  final Announcing announcing() {
    Producer mine = producer();
    return what -> mine.send(what.topic(), what.key().orElse(""), what.payload());
  }

  final Producer producer() {
    return new Producer(world, process);
  }

  /** Writes the counters of claims until it is killed; nobody has a turn in the middle of that. */
  final void beat(Claims claims, Duration every) {
    Process mine = process;
    spawn(
        "beats",
        () -> {
          while (true) {
            world.timeline().pause(mine, every);
            world.quietly(claims::beat);
          }
        });
  }

  /** A clock by which machines go. */
  static final class WorldClock extends Clock {
    private final World world;

    WorldClock(World world) {
      this.world = world;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return world.timeline().now();
    }
  }
}
