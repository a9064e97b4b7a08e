package io.modeldepot.standalone.child;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends this process when its parent is gone. The parent holds the other end of standard input and
 * never writes to it; however the parent ends, kill -9 included, the system closes that end.
 */
public final class Leash {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Leash() {}

  /**
   * From now on the end of {@code parent} ends this process by {@link System#exit}, so that
   * shutdown hooks run; a shutdown that hangs is cut off after 20 seconds.
   */
  public static void heldBy(InputStream parent) {
    Thread watch =
        Thread.ofPlatform()
            .name("leash")
            .daemon()
            .unstarted(
                () -> {
                  waitForEnd(parent);
                  Thread.ofPlatform().name("leash-cutter").daemon().start(Leash::cutOff);
                  System.exit(0);
                });
    watch.start();
  }

  private static void waitForEnd(InputStream parent) {
    try {
      while (parent.read() >= 0) {
        // Nothing is ever said on this line; only its end means something.
      }
    } catch (IOException e) {
      // A broken line is an end too.
    }
  }

  private static void cutOff() {
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
