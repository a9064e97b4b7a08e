package io.modeldepot.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Text to one stream. A PrintStream keeps refusals to itself; this remembers the first one. */
final class Outlet {
  private final Watched watched;
  private final PrintStream text;

  Outlet(OutputStream to, Charset charset) {
    this.watched = new Watched(to);
    this.text = new PrintStream(watched, false, charset);
  }

  void print(String some) {
    text.print(some);
  }

  void println(String line) {
    text.println(line);
  }

  /**
   * @throws CannotWrite when anything printed so far did not arrive
   */
  void flush() {
    text.flush();
    IOException refusal = watched.refusal;
    if (refusal != null) {
      throw new CannotWrite(refusal);
    }
  }

  /** The same for talk, whose loss is only told when nobody listens any more. */
  void flushIfHeard() {
    text.flush();
    IOException refusal = watched.refusal;
    if (refusal instanceof BrokenPipe) {
      throw new CannotWrite(refusal);
    }
  }

  private static final class Watched extends OutputStream {
    private final OutputStream to;
    private volatile @Nullable IOException refusal;

    Watched(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      if (refusal == null) {
        try {
          to.write(bytes, from, count);
        } catch (IOException e) {
          refusal = e;
        }
      }
    }

    @Override
    public void flush() {
      if (refusal == null) {
        try {
          to.flush();
        } catch (IOException e) {
          refusal = e;
        }
      }
    }
  }
}
