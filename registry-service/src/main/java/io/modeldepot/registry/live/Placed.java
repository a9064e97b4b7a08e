package io.modeldepot.registry.live;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** An event and the place after it. It is written once, however many clients get it. */
final class Placed {
  private final LiveEvent event;
  private final Vector after;
  private volatile @Nullable Buffer written;

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

  /** As it goes over the line; source: the event stream format of the HTML standard. */
  Buffer written() {
    Buffer once = written;
    if (once == null) {
      once =
          Buffer.buffer(
              "event:%s\nid:%s\ndata:%s\n\n"
                  .formatted(event.partition().topic(), after.cursor(), event.data()));
      written = once;
    }
    return once;
  }
}
