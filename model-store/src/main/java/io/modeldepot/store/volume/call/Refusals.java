package io.modeldepot.store.volume.call;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;

/** Turns the JDK's exceptions, which carry words, into ours, which carry the errno. */
final class Refusals {
  private static final Map<String, Errno> WORDS = Native.words();

  /** What the JDK adds to the words of ELOOP, in this case alone. */
  private static final String NOFOLLOW = "(NOFOLLOW_LINKS specified)";

  private Refusals() {}

  static IOException of(String call, Path path, IOException cause) {
    if (cause instanceof FileCallFailed already) {
      return already;
    }
    Errno errno = errno(cause);
    String words = errno == Errno.OTHER ? String.valueOf(cause.getMessage()) : errno.name();
    FileCallFailed failed = new FileCallFailed(call, path, errno, words);
    failed.initCause(cause);
    return failed;
  }

  private static Errno errno(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ -> Errno.ENOENT;
      case FileAlreadyExistsException _ -> Errno.EEXIST;
      case AccessDeniedException _ -> Errno.EACCES;
      case NotDirectoryException _ -> Errno.ENOTDIR;
      case FileSystemException e -> named(String.valueOf(e.getReason()));
      default -> named(String.valueOf(cause.getMessage()));
    };
  }

  private static Errno named(String words) {
    return words.endsWith(NOFOLLOW) ? Errno.ELOOP : WORDS.getOrDefault(words, Errno.OTHER);
  }
}
