package io.modeldepot.store.volume.call;

/** Why a file-system call was refused; the values the store tells apart. */
public enum Errno {
  /** Not permitted, for example linking a file of another owner. */
  EPERM(1),
  /** The name does not exist: for a path inside a claim, the claim is lost. */
  ENOENT(2),
  /** The device failed. */
  EIO(5),
  /** Would block: a lease is refused because somebody writes. */
  EAGAIN(11),
  /** No permission. */
  EACCES(13),
  /** In use by the system, for example a mount point. */
  EBUSY(16),
  /** The name is taken. */
  EEXIST(17),
  /** Another file system or another mount. */
  EXDEV(18),
  /** A part of the path is no directory. */
  ENOTDIR(20),
  /** It is a directory. */
  EISDIR(21),
  /** The file system does not know this form of the call. */
  EINVAL(22),
  /** The disk is full. */
  ENOSPC(28),
  /** The file system is mounted read-only. */
  EROFS(30),
  /** The inode has as many links as the file system allows. */
  EMLINK(31),
  /** The name is too long. */
  ENAMETOOLONG(36),
  /** The kernel does not know the call. */
  ENOSYS(38),
  /** The directory has entries. */
  ENOTEMPTY(39),
  /** It is a symbolic link, which no call here follows. */
  ELOOP(40),
  /** The file system does not support the call. */
  EOPNOTSUPP(95),
  /** The network file system lost track of the file. */
  ESTALE(116),
  /** The owner's quota is used up. */
  EDQUOT(122),
  /** Anything else. */
  OTHER(-1);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /** The number on Linux; -1 for {@link #OTHER}. */
  public int number() {
    return number;
  }

  /** The constant with this number, else {@link #OTHER}. */
  public static Errno of(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return errno;
      }
    }
    return OTHER;
  }

  /** Whether the caller may not do it here: its rights, or a file system mounted read-only. */
  public boolean forbidden() {
    return this == EACCES || this == EPERM || this == EROFS;
  }

  /** Whether the volume has no room left for the caller. */
  public boolean noSpace() {
    return this == ENOSPC || this == EDQUOT;
  }

  /**
   * Whether it says only that this name cannot be looked at, now or by this process; what else is
   * on the volume can be.
   */
  public boolean outOfReach() {
    return switch (this) {
      case EPERM, ENOENT, EACCES, ENOTDIR, ESTALE -> true;
      default -> false;
    };
  }

  /** Whether the file system does not offer the call at all. */
  public boolean unsupported() {
    return this == EOPNOTSUPP || this == ENOSYS || this == EINVAL;
  }
}
