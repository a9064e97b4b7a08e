package io.modeldepot.registry.cache;

import io.modeldepot.registry.door.Rendered;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An answer that somebody loads. Each is itself alone. */
final class Loading {
  private final String address;
  private final String stamp;
  private final CompletableFuture<Optional<Rendered>> end = new CompletableFuture<>();

  Loading(String address, String stamp) {
    this.address = address;
    this.stamp = stamp;
  }

  String address() {
    return address;
  }

  String stamp() {
    return stamp;
  }

  /** Stamp and address: a stamp never comes twice, so neither does this for another content. */
  String key() {
    return stamp + " " + address;
  }

  /** Empty if there is nothing to be kept. */
  CompletableFuture<Optional<Rendered>> end() {
    return end;
  }
}
