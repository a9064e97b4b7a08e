package io.modeldepot.registry.live;

import org.jspecify.annotations.Nullable;

/** An event and the place after it. Its cursor is written once, however many clients get it. */
final class Placed {
  private final LiveEvent event;
  private final Vector after;
  private volatile @Nullable String cursor;

  Placed(LiveEvent event, Vector after) {
    this.event = event;
    this.after = after;
  }

  LiveEvent event() {
    return event;
  }

  Vector after() {
    return after;
  }

  String cursor() {
    String written = cursor;
    if (written == null) {
      written = after.cursor();
      cursor = written;
    }
    return written;
  }
}
