package io.modeldepot.registry.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.registry.notify.receiver.ReceiverShape;
import io.modeldepot.registry.problem.ProblemException;

/** What can be set for the site, and what each setting may say. Pure. */
public final class SiteWishes {
  /** The keys, for people. */
  static final String KEYS = "gpu/HOST/ID, retention, quota/FAMILY, schedule/NAME and notify/NAME";

  private SiteWishes() {}

  /** Whether something can be set under this key. */
  public static boolean isKey(String key) {
    return GpuWishes.isKey(key) || JanitorWishes.isKey(key) || ReceiverShape.isKey(key);
  }

  /**
   * Refuses a value that cannot be meant.
   *
   * @param key one under which something can be set
   * @throws ProblemException {@code invalid}, with pointers
   */
  public static void require(String key, ObjectNode value) {
    if (GpuWishes.isKey(key)) {
      GpuWishes.require(value);
    } else if (ReceiverShape.isKey(key)) {
      ReceiverShape.require(value);
    } else {
      JanitorWishes.require(key, value);
    }
  }
}
