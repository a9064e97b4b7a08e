package io.modeldepot.systemtests.depot;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Kafka's clients print all their settings whenever one is made; here hundreds are. */
final class KafkaTalk {
  /** Held: a logger that nobody holds forgets its level. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private KafkaTalk() {}

  /** Only what goes wrong is printed from now on. */
  static void hush() {
    KAFKA.setLevel(Level.WARNING);
  }
}
