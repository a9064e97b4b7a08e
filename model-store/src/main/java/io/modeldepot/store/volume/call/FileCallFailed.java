package io.modeldepot.store.volume.call;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file-system call was refused; nothing was changed by it. */
public final class FileCallFailed extends FileSystemException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  /**
   * A refusal.
   *
   * @param call name of the call, for example {@code rename}
   * @param path the path it was about
   * @param errno why
   */
  public FileCallFailed(String call, Path path, Errno errno) {
    this(call, path, errno, errno.name());
  }

  FileCallFailed(String call, Path path, Errno errno, String words) {
    super(path.toString(), null, call + ": " + words);
    this.errno = errno;
  }

  /** Why. */
  public Errno errno() {
    return errno;
  }
}
