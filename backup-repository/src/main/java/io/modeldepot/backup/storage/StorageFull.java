package io.modeldepot.backup.storage;

/** There is no room at the place of a repository. */
public final class StorageFull extends StorageFailed {
  private static final long serialVersionUID = 1L;

  /** Says where. */
  public StorageFull(String place, Throwable cause) {
    super(place, "Writing", cause);
  }
}
