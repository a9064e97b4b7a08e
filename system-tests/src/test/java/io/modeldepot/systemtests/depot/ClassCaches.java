package io.modeldepot.systemtests.depot;

import io.modeldepot.testkit.process.Repository;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Caches of loaded classes, as {@code make aot} makes them, made once for all stories: these start
 * the command hundreds of times and services more than a hundred times, and a start takes a good
 * part less of the processor. What the training answers does not count, and whether it made a cache
 * neither: without one all is slower.
 */
final class ClassCaches {
  private static final Set<String> LOOKED = new HashSet<>();
  private static final int SECONDS_TO_TRAIN = 300;
  private static final int SECONDS_TO_END = 60;

  /** Ports of its own: above those that tests draw, below those that the kernel gives. */
  private static final String OFFSET = "22500";

  private ClassCaches() {}

  /** Makes the command's, unless there is one of this build. */
  static synchronized void command() {
    Path dist = Repository.root().resolve("cli/target/dist");
    ProcessBuilder list =
        new ProcessBuilder(
            Repository.root().resolve("scripts/manage-ai-models.sh").toString(),
            "list",
            "--url",
            "http://127.0.0.1:9");
    list.environment().put("DEPOT_CLI_TRAIN", "1");
    once("the command", dist.resolve("cli.aot"), dist.resolve("lib"), () -> list);
  }

  /** Makes those of all services, unless this one has one of this build; the flags that use it. */
  static synchronized List<String> service(Path jar) {
    Path cache = jar.resolveSibling("app.aot");
    once("the services", cache, jar, ClassCaches::everything);
    // One that does not fit is passed over in silence.
    return Files.exists(cache)
        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
        : List.of();
  }

  /** Starts the depot, does the main job, and stops: that trains them all. */
  private static ProcessBuilder everything() {
    Path root = Repository.root();
    Path data = Repository.newDataFolder("training");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Ddepot.root=" + root);
    command.add("-cp");
    command.add(root.resolve("standalone/target/dist/lib") + "/*");
    command.add("io.modeldepot.standalone.Main");
    command.addAll(List.of("--data", data.toString()));
    command.addAll(List.of("--models-dir", data.resolve("ai-models").toString()));
    command.addAll(List.of("--hub", "demo", "--port-offset", OFFSET, "--once", "--train"));
    ProcessBuilder training = new ProcessBuilder(command);
    training.environment().keySet().removeIf(key -> !key.equals("PATH") && !key.equals("HOME"));
    return training;
  }

  /** A training that failed is not tried again before the next build. */
  private static void once(String what, Path cache, Path jars, Supplier<ProcessBuilder> training) {
    if (!LOOKED.add(what)) {
      return;
    }
    Path target = Repository.root().resolve("target");
    Path tried = target.resolve(what.replace(' ', '-') + ".trained");
    try {
      Files.createDirectories(target);
      try (FileChannel channel =
              FileChannel.open(
                  target.resolve("training.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !isOfThisBuild(cache, jars) && !isOfThisBuild(tried, jars)) {
          train(training.get());
          Files.writeString(tried, what);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfThisBuild(Path cache, Path jars) {
    File made = cache.toFile();
    File[] several = jars.toFile().listFiles();
    File[] all = several == null ? new File[] {jars.toFile()} : several;
    return made.exists() && List.of(all).stream().allMatch(jar -> isOlder(jar, made));
  }

  private static boolean isOlder(File jar, File cache) {
    return jar.lastModified() < cache.lastModified();
  }

  private static void train(ProcessBuilder training) throws IOException {
    Process process =
        training
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try {
      if (!process.waitFor(SECONDS_TO_TRAIN, TimeUnit.SECONDS)) {
        process.destroy();
        boolean unused = process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
