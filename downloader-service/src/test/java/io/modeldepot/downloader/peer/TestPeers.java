package io.modeldepot.downloader.peer;

import io.modeldepot.downloader.volume.VolumeKeeper;
import java.time.Duration;

/** Other locations in a test. */
public final class TestPeers {
  private TestPeers() {}

  /** There is no other location, and no topic is read. */
  public static Peers nobody(VolumeKeeper volume) {
    return new Peers(
        volume,
        new PeerSettings() {
          @Override
          public boolean use() {
            return false;
          }

          @Override
          public Duration silence() {
            return Duration.ofMinutes(3);
          }

          @Override
          public Duration distrust() {
            return Duration.ofHours(1);
          }
        });
  }
}
