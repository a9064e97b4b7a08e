package io.modeldepot.placement.agent;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.GpuState;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Reports the GPUs of this host again and again, until closed. */
public final class GpuAgent implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GpuAgent.class);

  /** Reports that may be missed before the host is taken as lost. */
  private static final int MISSED = 4;

  private final NvidiaSmiProgram program;
  private final EngineProbe engines;
  private final Announcer announcer;
  private final Clock clock;
  private final Host host;
  private final Thread thread = Thread.ofVirtual().name("gpu-agent").unstarted(this::run);
  private List<Gpu> known = List.of();
  private String trouble = "";
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /**
   * Who reports.
   *
   * @param location whose volume the host mounts
   * @param name the host's name, the key of its reports
   * @param every time between two reports
   */
  public record Host(LocationName location, String name, Duration every) {}

  /**
   * @param engines what runs on the GPUs, as far as it may be asked
   */
  public GpuAgent(
      NvidiaSmiProgram program, EngineProbe engines, Announcer announcer, Clock clock, Host host) {
    this.program = program;
    this.engines = engines;
    this.announcer = announcer;
    this.clock = clock;
    this.host = host;
  }

  /** Begins. */
  public void open() {
    thread.start();
  }

  /** What keeps it from knowing how the GPUs are; empty when nothing does. */
  public synchronized Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  @Override
  public void close() {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(program.patience());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        tell();
        Thread.sleep(host.every());
      }
    } catch (InterruptedException e) {
      // close() does that.
    }
  }

  private void tell() throws InterruptedException {
    try {
      NvidiaSmiProgram.Seen seen = look();
      if (!seen.gpus().isEmpty() && last.isDone()) {
        last = report(seen.gpus(), engines.measure(seen.processes()));
      }
    } catch (RuntimeException e) {
      LOG.error("A fault of ours; the next report is tried.", e);
    }
  }

  /** What is there, and what was there and is lost. */
  private NvidiaSmiProgram.Seen look() throws InterruptedException {
    NvidiaSmiProgram.Seen seen;
    try {
      seen = program.look();
      inTrouble("");
    } catch (IOException e) {
      seen = NvidiaSmiProgram.Seen.NOTHING;
      inTrouble(String.valueOf(e.getMessage()));
    }
    Set<String> ids = seen.gpus().stream().map(Gpu::id).collect(Collectors.toSet());
    List<Gpu> all = new ArrayList<>(seen.gpus());
    known.stream().filter(gpu -> !ids.contains(gpu.id())).map(GpuAgent::lost).forEach(all::add);
    known = List.copyOf(all);
    return new NvidiaSmiProgram.Seen(known, seen.processes());
  }

  private synchronized void inTrouble(String what) {
    if (!what.equals(trouble)) {
      if (what.isEmpty()) {
        LOG.infof("The GPUs of %s answer again.", host.name());
      } else {
        LOG.warnf("The GPUs of %s cannot be asked: %s", host.name(), what);
      }
      trouble = what;
    }
  }

  private CompletableFuture<?> report(List<Gpu> gpus, List<MeasuredEngine> measured) {
    return announcer.announce(
        Topics.GPU_REPORTED,
        host.name(),
        new GpuReported(
            host.location(),
            host.name(),
            gpus,
            (int) host.every().multipliedBy(MISSED).plusSeconds(1).toSeconds(),
            clock.instant(),
            measured));
  }

  private static Gpu lost(Gpu gpu) {
    return new Gpu(
        gpu.id(),
        gpu.name(),
        gpu.memoryBytes(),
        gpu.usableBytes(),
        Optional.empty(),
        GpuState.LOST);
  }
}
