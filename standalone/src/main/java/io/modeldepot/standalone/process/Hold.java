package io.modeldepot.standalone.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** That a data directory is ours alone. The system takes it back when we end, by whatever. */
final class Hold implements AutoCloseable {
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final FileChannel channel;

  private Hold(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the directory, made if need be; empty when somebody else has it. */
  static Optional<Hold> take(Path data) throws IOException {
    Files.createDirectories(data);
    FileChannel channel =
        FileChannel.open(
            data.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new Hold(channel));
  }

  /** Ends what a predecessor that was killed left running: the same processes, not the same ids. */
  void endLeftOvers(RunFile file) throws IOException {
    for (RunFile.Recorded recorded : file.recorded()) {
      Optional<ProcessHandle> left = ProcessHandle.of(recorded.pid()).filter(recorded::is);
      if (left.isPresent()) {
        end(left.get());
      }
    }
    file.remove();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(TO_END.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
