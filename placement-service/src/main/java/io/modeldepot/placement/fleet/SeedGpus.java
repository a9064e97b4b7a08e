package io.modeldepot.placement.fleet;

import io.modeldepot.events.terms.LocationName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The two GPUs of the seed: what is planned with where no inventory is named. */
public final class SeedGpus {
  private SeedGpus() {}

  /** Their host, beside the volume of a location. */
  public static List<HostInventory> hosts(LocationName location) {
    return switch (InventoryFile.read(text())) {
      case Inventory.Read read ->
          read.hosts().stream()
              .map(host -> new HostInventory(location, host.host(), host.gpus()))
              .toList();
      case Inventory.Malformed malformed ->
          throw new IllegalStateException(String.join(" ", malformed.faults()));
    };
  }

  private static String text() {
    try (InputStream file =
        Objects.requireNonNull(SeedGpus.class.getResourceAsStream("seed-gpus.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
