package io.modeldepot.store.volume.call;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The C library's calls with their errno. One instance of a call's memory lives in its arena. */
final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBC = LINKER.defaultLookup();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout PTR = ValueLayout.ADDRESS;

  /** The bytes of a path are those that the JDK's own file system uses. */
  private static final Charset PATHS = pathCharset();

  /** What the JDK writes for bytes of a path that are no text in this process's locale. */
  private static final char UNSPELLABLE = '\ufffd';

  private static final MethodHandle LINK = plain("link", PTR, PTR);
  private static final MethodHandle RENAME = plain("rename", PTR, PTR);
  private static final MethodHandle RENAMEAT2 = plain("renameat2", INT, PTR, INT, PTR, INT);
  private static final MethodHandle SYMLINK = plain("symlink", PTR, PTR);
  private static final MethodHandle UNLINK = plain("unlink", PTR);
  private static final MethodHandle MKDIR = plain("mkdir", PTR, INT);
  private static final MethodHandle RMDIR = plain("rmdir", PTR);
  private static final MethodHandle CHMOD = plain("chmod", PTR, INT);
  private static final MethodHandle CLOSE = plain("close", INT);
  private static final MethodHandle FALLOCATE = plain("fallocate", INT, INT, LONG, LONG);
  private static final MethodHandle STATX = plain("statx", INT, PTR, INT, INT, PTR);
  private static final MethodHandle OPEN = variadic("open", 2, PTR, INT, INT);
  private static final MethodHandle FCNTL = variadic("fcntl", 2, INT, INT, LONG);
  private static final MethodHandle IOCTL = variadic("ioctl", 2, INT, LONG, LONG);
  private static final MethodHandle GETEUID =
      LINKER.downcallHandle(LIBC.findOrThrow("geteuid"), FunctionDescriptor.of(INT));
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LIBC.findOrThrow("strerror"),
          FunctionDescriptor.of(ValueLayout.ADDRESS.withTargetLayout(longestText()), INT));

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC_STATS = 0x7ff;

  private Native() {}

  /** How a call ended. */
  record Result(int value, Errno errno) {
    boolean failed() {
      return value < 0;
    }
  }

  static Result link(Path existing, Path name) {
    return paths(LINK, existing, name);
  }

  static Result rename(Path from, Path to) {
    return paths(RENAME, from, to);
  }

  static Result renameat2(Path from, Path to, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int value =
          (int)
              RENAMEAT2.invokeExact(
                  state, AT_FDCWD, path(arena, from), AT_FDCWD, path(arena, to), flags);
      return result(value, state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static Result symlink(String target, Path name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int value =
          (int) SYMLINK.invokeExact(state, arena.allocateFrom(target, PATHS), path(arena, name));
      return result(value, state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static Result unlink(Path name) {
    return onePath(UNLINK, name);
  }

  static Result rmdir(Path directory) {
    return onePath(RMDIR, directory);
  }

  static Result mkdir(Path directory, int mode) {
    return pathAndInt(MKDIR, directory, mode);
  }

  static Result chmod(Path path, int mode) {
    return pathAndInt(CHMOD, path, mode);
  }

  static Result open(Path file, int flags, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) OPEN.invokeExact(state, path(arena, file), flags, mode), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static void close(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), descriptor);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static Result fallocate(int descriptor, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) FALLOCATE.invokeExact(state, descriptor, 0, 0L, bytes), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static Result fcntl(int descriptor, int command, long argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) FCNTL.invokeExact(state, descriptor, command, argument), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static Result ioctl(int descriptor, long request, long argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) IOCTL.invokeExact(state, descriptor, request, argument), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Fills {@code into}, a {@code struct statx}, with what the name is, links not followed. */
  static Result statx(Arena arena, Path path, MemorySegment into) {
    return statx(state(arena), AT_FDCWD, path(arena, path), into);
  }

  /** The same, for a path that begins at an open directory. */
  static Result statx(MemorySegment state, int directory, MemorySegment path, MemorySegment into) {
    try {
      int value =
          (int)
              STATX.invokeExact(
                  state, directory, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, into);
      return result(value, state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Where a call leaves its errno. */
  static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  /** Writes the last name of a path, as the C library takes it, to memory that has room for it. */
  static MemorySegment name(MemorySegment into, Path path) {
    byte[] bytes = RawPath.lastName(path);
    MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return into;
  }

  static int geteuid() {
    try {
      return (int) GETEUID.invokeExact();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** The errno by the words that the JDK puts into its exceptions, in this process's language. */
  static Map<String, Errno> words() {
    Map<String, Errno> words = new HashMap<>();
    for (Errno errno : Errno.values()) {
      if (errno != Errno.OTHER) {
        words.put(words(errno), errno);
      }
    }
    return words;
  }

  private static String words(Errno errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno.number());
      return text.getString(0, PATHS);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static Result paths(MethodHandle call, Path one, Path other) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int value = (int) call.invokeExact(state, path(arena, one), path(arena, other));
      return result(value, state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static Result onePath(MethodHandle call, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) call.invokeExact(state, path(arena, path)), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static Result pathAndInt(MethodHandle call, Path path, int number) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return result((int) call.invokeExact(state, path(arena, path), number), state);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static MemorySegment path(Arena arena, Path path) {
    String text = path.toString();
    return text.indexOf(UNSPELLABLE) < 0
        ? arena.allocateFrom(text, PATHS)
        : arena.allocateFrom(ValueLayout.JAVA_BYTE, RawPath.terminated(path));
  }

  private static Result result(int value, MemorySegment state) {
    return new Result(value, value < 0 ? Errno.of((int) ERRNO.get(state, 0L)) : Errno.OTHER);
  }

  private static MethodHandle plain(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LIBC.findOrThrow(name), FunctionDescriptor.of(INT, arguments), CAPTURE);
  }

  private static MethodHandle variadic(String name, int fixed, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LIBC.findOrThrow(name),
        FunctionDescriptor.of(INT, arguments),
        CAPTURE,
        Linker.Option.firstVariadicArg(fixed));
  }

  private static MemoryLayout longestText() {
    return MemoryLayout.sequenceLayout(1024, ValueLayout.JAVA_BYTE);
  }

  private static Charset pathCharset() {
    String name = System.getProperty("sun.jnu.encoding");
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.UTF_8;
  }

  private static AssertionError broken(Throwable cause) {
    return new AssertionError("A native call cannot be made.", cause);
  }
}
