package io.modeldepot.systemtests.depot;

import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command's cache of loaded classes, as {@code make aot} makes it, made once for all stories:
 * they start the command hundreds of times, and each start takes a third less of the processor.
 */
final class CommandCache {
  private static boolean looked;

  private CommandCache() {}

  /** Makes it, unless there is one of this build. */
  static synchronized void ready() {
    if (looked) {
      return;
    }
    looked = true;
    Path dist = Repository.root().resolve("cli/target/dist");
    try (FileChannel channel =
            FileChannel.open(
                dist.resolve("cli.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !isOfThisBuild(dist.resolve("cli.aot"), dist.resolve("lib"))) {
        train();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfThisBuild(Path cache, Path jars) throws IOException {
    if (!Files.exists(cache)) {
      return false;
    }
    long made = Files.getLastModifiedTime(cache).toMillis();
    try (Stream<Path> files = Files.list(jars)) {
      return files.allMatch(jar -> jar.toFile().lastModified() < made);
    }
  }

  /** What it answers does not count, and whether it made one neither: without it all is slower. */
  private static void train() throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            Repository.root().resolve("scripts/manage-ai-models.sh").toString(),
            "list",
            "--url",
            "http://127.0.0.1:9");
    command.environment().put("DEPOT_CLI_TRAIN", "1");
    Process process =
        command
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
