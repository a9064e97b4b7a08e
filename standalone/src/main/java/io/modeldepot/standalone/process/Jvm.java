package io.modeldepot.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines of Java programs. */
final class Jvm {
  private final Path root;
  private final boolean train;

  /**
   * @param train whether the programs write a cache of what they load when they end, instead of
   *     using one
   */
  Jvm(Path root, boolean train) {
    this.root = root;
    this.train = train;
  }

  /**
   * How a JVM is set.
   *
   * @param heapMebibytes its largest heap
   * @param compiler how far code is compiled
   */
  record Size(int heapMebibytes, Compiler compiler) {}

  /** How far code is compiled. */
  enum Compiler {
    /** Starts fastest; digests are ten times slower, so not where content is hashed. */
    FIRST_ONLY,
    ALL
  }

  /**
   * A Quarkus service.
   *
   * @throws StartFailed if it is not built
   */
  List<String> service(String module, Size size) throws StartFailed {
    Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new StartFailed(module + " is not built. Run: make build");
    }
    List<String> command = java(size, jar.resolveSibling("app.aot"));
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** A program of this module. */
  List<String> engine(String mainClass, Size size) throws IOException {
    Path dist = root.resolve("standalone/target/dist");
    List<String> command = java(size, dist.resolve("engine.aot"));
    command.addAll(List.of("-cp", classPath(dist.resolve("lib")), mainClass));
    return command;
  }

  /** A program inside the jars of a Quarkus service. */
  List<String> insideService(String module, String mainClass, Size size) throws StartFailed {
    Path app = root.resolve(module).resolve("target/quarkus-app");
    if (!Files.exists(app)) {
      throw new StartFailed(module + " is not built. Run: make build");
    }
    List<String> command = new Jvm(root, false).java(size, app.resolve("none"));
    command.addAll(
        List.of("-cp", app.resolve("app") + "/*:" + app.resolve("lib/main") + "/*", mainClass));
    return command;
  }

  private List<String> java(Size size, Path cache) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    if (size.compiler() == Compiler.FIRST_ONLY) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-Xmx" + size.heapMebibytes() + "m");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    if (train) {
      command.add("-XX:AOTCacheOutput=" + cache);
    } else if (Files.exists(cache)) {
      // One that does not fit any more, after a build for example, is passed over in silence.
      command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
    }
    return command;
  }

  /** In a fixed order, which a cache of loaded classes needs. */
  private static String classPath(Path lib) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.map(Path::toString)
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(":"));
    }
  }
}
