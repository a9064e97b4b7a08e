package io.modeldepot.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for addresses over some connections: {@code PORT FILE CONNECTIONS SECONDS RATE ENCODINGS}.
 * The file has one path a line, which are asked for in turn; a rate of 0 is as fast as the server
 * answers. After three seconds that do not count it prints {@code requests=… rate=… failed=…
 * p50=…}.
 */
public final class RequestsMain {
  /** As long as this process's own code is slow, what it measures is itself. */
  private static final long WARM_UP_NANOS = 3_000_000_000L;

  private RequestsMain() {}

  /** Asks for the time given and prints what came of it. */
  public static void main(String[] args) throws Exception {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    List<String> paths = Files.readAllLines(Path.of(args[1]));
    int connections = Integer.parseInt(args[2]);
    Duration time = Duration.ofSeconds(Long.parseLong(args[3]));
    double rate = Double.parseDouble(args[4]);
    Asking asking = new Asking(server, paths, args[5]);
    long begun = System.nanoTime() + WARM_UP_NANOS;
    Times all = new Times();
    int failed = 0;
    for (Asked asked : ask(asking, connections, new Schedule(begun, time, rate))) {
      all.add(asked.times());
      failed += asked.failed();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "requests=%d rate=%.0f failed=%d %s%n",
        all.count(),
        all.count() / seconds,
        failed,
        all.spread());
  }

  /** What is asked for, where, and how it may be encoded. */
  private record Asking(InetSocketAddress server, List<String> paths, String encodings) {}

  private record Asked(Times times, int failed) {}

  /**
   * When a request is due. What is due before the beginning is asked for and not counted.
   *
   * @param rate requests a second over all connections; 0: when the one before is answered
   */
  private record Schedule(long begunNanos, Duration time, double rate) {
    boolean isOver(long nanos) {
      return nanos - begunNanos >= time.toNanos();
    }

    long due(long number) {
      return rate == 0
          ? System.nanoTime()
          : begunNanos - WARM_UP_NANOS + (long) (number * 1e9 / rate);
    }

    boolean counts(long due) {
      return due >= begunNanos;
    }
  }

  private static List<Asked> ask(Asking asking, int connections, Schedule schedule)
      throws InterruptedException, ExecutionException {
    List<Asked> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Asked>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int first = i;
        running.add(threads.submit(() -> over(asking, first, connections, schedule)));
      }
      for (Future<Asked> one : running) {
        results.add(one.get());
      }
    }
    return results;
  }

  private static Asked over(Asking asking, int first, int step, Schedule schedule)
      throws IOException {
    Times times = new Times();
    int failed = 0;
    try (Connection connection = new Connection(asking.server())) {
      for (long number = first; ; number += step) {
        long due = schedule.due(number);
        if (schedule.isOver(due)) {
          return new Asked(times, failed);
        }
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        boolean good =
            connection.get(
                asking.paths().get((int) (number % asking.paths().size())), asking.encodings());
        if (schedule.counts(due)) {
          failed += good ? 0 : 1;
          times.add((System.nanoTime() - due) / 1000);
        }
      }
    }
  }
}
