package io.modeldepot.store.volume.call;

import java.time.Instant;

/**
 * What the file system says of one name, links not followed.
 *
 * @param kind what the name is
 * @param device device number; with the inode it identifies a file
 * @param inode inode number
 * @param links how many names the inode has
 * @param sizeBytes length
 * @param allocatedBytes what it takes of the disk
 * @param mode permission bits, for example 0444
 * @param owner numeric user id
 * @param modifiedAt last change of content, by the volume's clock
 */
public record FileStat(
    Kind kind,
    long device,
    long inode,
    long links,
    long sizeBytes,
    long allocatedBytes,
    int mode,
    int owner,
    Instant modifiedAt) {

  /** What a name can be. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    OTHER
  }

  /** Whether it is a regular file. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /** Whether both names lead to one inode. */
  public boolean sameFileAs(FileStat other) {
    return device == other.device && inode == other.inode;
  }

  /** The identity of the inode. */
  public Identity identity() {
    return new Identity(device, inode);
  }

  /**
   * The identity of an inode.
   *
   * @param device device number
   * @param inode inode number
   */
  public record Identity(long device, long inode) {}
}
