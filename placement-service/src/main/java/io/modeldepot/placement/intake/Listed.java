package io.modeldepot.placement.intake;

import io.modeldepot.placement.fleet.HostInventory;
import io.modeldepot.placement.fleet.Inventory;
import io.modeldepot.placement.fleet.InventoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The hosts of the inventory file, looked at again and again. A file that cannot be used changes
 * nothing: the hosts it had before count on, and where there were none nothing is planned, because
 * no GPU would mean that everything stops. Safe for threads.
 */
final class Listed implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Listed.class);
  private static final long MOST_BYTES = 16L << 20;

  private final Path file;
  private final Runnable changed;
  private volatile Optional<List<HostInventory>> hosts = Optional.empty();
  private volatile Optional<String> fault = Optional.empty();
  private final Thread thread;

  /**
   * Reads it now, and then as often as that.
   *
   * @param changed called when there are other hosts than before
   */
  Listed(Path file, Duration every, Runnable changed) {
    this.file = file;
    this.changed = changed;
    look();
    thread = Thread.ofVirtual().name("inventory").start(() -> run(every));
  }

  /** The hosts as they could be read last; empty if they never could. */
  Optional<List<HostInventory>> hosts() {
    return hosts;
  }

  /** What is wrong with the file now. */
  Optional<String> fault() {
    return fault;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** Reads it once. */
  void look() {
    Optional<String> before = fault;
    fault = read();
    if (fault.isPresent() && !fault.equals(before)) {
      LOG.error(fault.get());
    } else if (fault.isEmpty() && before.isPresent()) {
      LOG.infof("The inventory %s can be used again.", file);
    }
  }

  private Optional<String> read() {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return Optional.of("The inventory %s is larger than 16 MiB.".formatted(file));
      }
      return switch (InventoryFile.read(Files.readString(file))) {
        case Inventory.Read read -> {
          take(read.hosts());
          yield Optional.empty();
        }
        case Inventory.Malformed malformed ->
            Optional.of(
                "The inventory %s cannot be used: %s Correct it; it is read again by itself."
                    .formatted(file, String.join(" ", malformed.faults())));
      };
    } catch (IOException e) {
      return Optional.of(
          "The inventory %s cannot be read (%s). Put it there; it is read again by itself."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private void take(List<HostInventory> read) {
    if (!hosts.equals(Optional.of(read))) {
      hosts = Optional.of(read);
      changed.run();
    }
  }

  private void run(Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        look();
      }
    } catch (InterruptedException e) {
      // close() does that
    }
  }
}
