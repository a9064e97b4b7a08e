package io.modeldepot.downloader.preflight;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of a test: nothing is imported, every licence may be. */
final class TestPreflight implements PreflightSettings {
  @Override
  public Optional<List<Path>> importRoots() {
    return Optional.empty();
  }

  @Override
  public Optional<List<String>> refusedLicences() {
    return Optional.empty();
  }

  @Override
  public Duration catalogPatience() {
    return Duration.ofMinutes(5);
  }
}
