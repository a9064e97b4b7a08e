package io.modeldepot.cli.command;

import io.modeldepot.cli.output.BrokenPipe;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * stdout or stderr of this process. The JVM ignores SIGPIPE and says why a write failed only in the
 * words of the locale. So Linux is asked what the stream is: a pipe refuses only when its reader
 * has gone.
 */
final class StandardStream extends OutputStream {
  private final FileOutputStream to;
  private final int number;

  private StandardStream(FileDescriptor descriptor, int number) {
    this.to = new FileOutputStream(descriptor);
    this.number = number;
  }

  static StandardStream out() {
    return new StandardStream(FileDescriptor.out, 1);
  }

  static StandardStream err() {
    return new StandardStream(FileDescriptor.err, 2);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      to.write(bytes, from, count);
    } catch (IOException e) {
      throw isPipe() || saysSo(e) ? new BrokenPipe(e) : e;
    }
  }

  private boolean isPipe() {
    try {
      String what = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
      return what.startsWith("pipe:") || what.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean saysSo(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
