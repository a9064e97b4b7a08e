package io.modeldepot.testkit.broker;

/** A real broker. Its address never changes, whatever is done to it; its data survives. */
public interface TestBroker {

  /** What clients give as {@code bootstrap.servers}. */
  String bootstrapServers();

  /** Stops it in order. */
  void stop();

  /** Kills it; nothing is written down any more. */
  void kill();

  /** Starts it again on the same address with the same data, and waits until it serves. */
  void start();

  /** Stops and starts. */
  default void restart() {
    stop();
    start();
  }

  /** The broker that all tests of this JVM share. Do not stop it; take {@link #own()} for that. */
  static TestBroker shared() {
    return SharedBroker.get();
  }

  /** A new broker for one test, without topics; it ends with the JVM at the latest. */
  static TestBroker own() {
    return SharedBroker.start("own-broker");
  }
}
