package io.modeldepot.mirror.shelf;

import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong on the volume once, although the volume is looked at every few seconds; says
 * it again when it was gone in between. Safe for threads.
 */
final class Troubles {
  private static final Logger LOG = Logger.getLogger(Shelf.class);

  private final Set<String> said = new HashSet<>();
  private final Set<String> seen = new HashSet<>();

  synchronized void warn(String format, @Nullable Object... arguments) {
    String trouble = String.format(format, arguments);
    seen.add(trouble);
    if (said.add(trouble)) {
      LOG.warn(trouble);
    }
  }

  /** The volume was looked at from end to end; what was not seen is over. */
  synchronized void reviewed() {
    said.retainAll(seen);
    seen.clear();
  }
}
