package io.modeldepot.registry.desired.folder;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A directory that the registry watches from its start. */
public class WatchedDirectory implements QuarkusTestResourceLifecycleManager {
  static final Path PATH = made();

  private static Path made() {
    try {
      return Files.createTempDirectory("desired-state");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> start() {
    return Map.of("depot.desired-state.dir", PATH.toString());
  }

  @Override
  public void stop() {
    // It is in the directory of temporary files.
  }
}
