package io.modeldepot.cli.progress;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.IntSupplier;

/**
 * The terminal's width now, by {@code ioctl(2, TIOCGWINSZ)}: people resize windows while bars run.
 */
public final class TerminalWidth implements IntSupplier {
  private static final long TIOCGWINSZ_LINUX = 0x5413;
  private static final long TIOCGWINSZ_MAC = 0x40087468;
  private static final int STDERR = 2;

  private final int otherwise;

  /**
   * @param otherwise what the launcher found, used where the terminal cannot be asked
   */
  public TerminalWidth(int otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public int getAsInt() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      long request =
          System.getProperty("os.name", "").startsWith("Mac") ? TIOCGWINSZ_MAC : TIOCGWINSZ_LINUX;
      int result = (int) Ioctl.CALL.invokeExact(STDERR, request, size);
      int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
      return result == 0 && columns > 0 ? columns : otherwise;
    } catch (Throwable e) {
      return otherwise;
    }
  }

  private static final class Ioctl {
    static final MethodHandle CALL =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
  }
}
