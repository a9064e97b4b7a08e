package io.modeldepot.downloader.hub;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many bytes of files came in since the start, by who sent them. Safe for threads. */
final class Received {
  private final Map<Sender, LongAdder> bytes = new EnumMap<>(Sender.class);

  Received() {
    for (Sender sender : Sender.values()) {
      bytes.put(sender, new LongAdder());
    }
  }

  void add(Sender sender, long more) {
    bytes.getOrDefault(sender, new LongAdder()).add(more);
  }

  long from(Sender sender) {
    return bytes.getOrDefault(sender, new LongAdder()).sum();
  }
}
