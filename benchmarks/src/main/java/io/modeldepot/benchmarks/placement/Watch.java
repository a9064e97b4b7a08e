package io.modeldepot.benchmarks.placement;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** What the solver's time is measured with. */
enum Watch {
  /** As users wait. */
  WALL(System::nanoTime),
  /**
   * The processor time of the whole process, compiler and collector included: what it would be on a
   * machine without other load, or a little more.
   */
  CPU(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime);

  private final LongSupplier nanos;

  Watch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  LongSupplier nanos() {
    return nanos;
  }

  /** Seconds since then. */
  double since(long then) {
    return (nanos.getAsLong() - then) / 1e9;
  }

  long now() {
    return nanos.getAsLong();
  }
}
