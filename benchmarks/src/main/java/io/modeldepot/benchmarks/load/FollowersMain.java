package io.modeldepot.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients of server-sent events: {@code PORT PATH CLIENTS SECONDS MARK}. Prints {@code READY} once
 * all of them are connected, then listens, and prints {@code events=… p50=…}: how old the events
 * whose data holds the mark were when they arrived, by their {@code updatedAt}.
 */
public final class FollowersMain {
  private static final Pattern UPDATED = Pattern.compile("\"updatedAt\":\"([^\"]+)\"");

  private FollowersMain() {}

  /** Listens for the time given and prints what came. */
  public static void main(String[] args) throws Exception {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    int clients = Integer.parseInt(args[2]);
    CountDownLatch connected = new CountDownLatch(clients);
    List<Connection> connections = new ArrayList<>();
    List<Future<Times>> listening = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        Connection connection = new Connection(server);
        connections.add(connection);
        listening.add(threads.submit(() -> listen(connection, args[1], args[4], connected)));
      }
      connected.await();
      System.out.println("READY");
      Thread.sleep(Duration.ofSeconds(Long.parseLong(args[3])));
      for (Connection connection : connections) {
        connection.close();
      }
      Times all = new Times();
      for (Future<Times> one : listening) {
        all.add(one.get());
      }
      System.out.printf(Locale.ROOT, "events=%d %s%n", all.count(), all.spread());
    }
  }

  /** Until the connection is closed. */
  private static Times listen(
      Connection connection, String path, String mark, CountDownLatch connected) {
    Times times = new Times();
    boolean greeted = false;
    try {
      connection.follow(path);
      while (true) {
        String line = connection.line();
        if (!greeted && line.startsWith(":")) {
          greeted = true;
          connected.countDown();
        }
        Matcher updated = UPDATED.matcher(line);
        if (line.startsWith("data:") && line.contains(mark) && updated.find()) {
          times.add(
              Duration.between(Instant.parse(updated.group(1)), Instant.now()).toNanos() / 1000);
        }
      }
    } catch (IOException e) {
      return times; // closed, or ended by the server: then events are missing in the count
    }
  }
}
