package io.modeldepot.store.trash;

import java.time.Duration;
import java.time.Instant;

/**
 * Something in the trash.
 *
 * @param name of its directory
 * @param note what it is
 * @param since when it came, by the volume's clock
 * @param content how much of it is in it
 */
public record TrashEntry(String name, TrashNote note, Instant since, Content content) {

  /** How much of what went is in the trash. */
  public enum Content {
    /** All of it. */
    WHOLE,
    /** Its removal or its return was interrupted, and will be finished. */
    PART,
    /** It never came, or went back. */
    NONE
  }

  /** Whether all of it is here, so that it can be brought back. */
  public boolean whole() {
    return content == Content.WHOLE;
  }

  /** Until when it can be undone. */
  public Instant undoUntil() {
    return since.plusSeconds(note.windowSeconds());
  }

  /** Whether it may be destroyed, with a window that is perhaps cut. */
  public boolean isOver(Instant volumesNow, Duration longestWindow) {
    Duration window = Duration.ofSeconds(note.windowSeconds());
    Duration counted = window.compareTo(longestWindow) < 0 ? window : longestWindow;
    return !volumesNow.isBefore(since.plus(counted));
  }
}
