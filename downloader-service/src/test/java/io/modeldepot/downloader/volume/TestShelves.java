package io.modeldepot.downloader.volume;

import io.modeldepot.kit.connection.ServiceIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What knows a volume in a test. */
public final class TestShelves {
  private TestShelves() {}

  /** A keeper that has found the volume. */
  public static VolumeKeeper keeper(Path root) {
    VolumeKeeper keeper =
        new VolumeKeeper(
            new VolumeSettings() {
              @Override
              public String location() {
                return "default";
              }

              @Override
              public Path modelsDir() {
                return root;
              }
            },
            new ClaimSettings() {
              @Override
              public Duration beat() {
                return Duration.ofSeconds(5);
              }

              @Override
              public Optional<Duration> takeover() {
                return Optional.empty();
              }
            },
            new ServiceIdentity("downloader", "downloader-1", "0"));
    Shelf unused = keeper.look().orElseThrow();
    return keeper;
  }
}
