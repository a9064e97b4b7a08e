package io.modeldepot.systemtests.chaos;

import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Wall clocks of processes, each of which can be wrong while its monotonic one goes on, as when
 * somebody sets the time of a machine. Needs a C compiler; where there is none no clock jumps.
 */
final class Clocks {
  private static final Path SOURCE = Repository.root().resolve("system-tests/src/test/c/clock.c");

  private final Path folder;
  private final Path library;
  private final Shell.Result compiled;

  Clocks(Path folder) {
    this.folder = folder;
    this.library = folder.resolve("clock.so");
    this.compiled =
        new Shell(folder, Map.of("SOURCE", SOURCE.toString(), "LIBRARY", library.toString()))
            .run("cc -O1 -shared -fPIC -o \"$LIBRARY\" \"$SOURCE\" -ldl");
  }

  /** Why no clock jumps, if none does. */
  Optional<String> cannot() {
    return compiled.exit() == 0
        ? Optional.empty()
        : Optional.of("No clock can be made to jump here (" + compiled.err().strip() + ").");
  }

  /** What these processes have in their environment, each by its name. */
  Map<String, String> environment(List<String> processes) {
    if (cannot().isPresent()) {
      return Map.of();
    }
    processes.forEach(process -> set(process, Duration.ZERO));
    return Map.of("LD_PRELOAD", library.toString(), "CHAOS_CLOCK", file("{instance}").toString());
  }

  /** From now on the clock of a process is so much ahead. */
  void set(String process, Duration ahead) {
    try (FileChannel seen =
        FileChannel.open(file(process), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
      int unused = seen.write(seconds.putLong(ahead.toSeconds()).flip(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String process) {
    return folder.resolve(process + ".clock");
  }
}
