package io.modeldepot.downloader.announce;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The broker did not take a record; nothing may be assumed, and publishing again is harmless. */
public final class BrokerAway extends IOException {
  private static final long serialVersionUID = 1L;

  BrokerAway(@Nullable Throwable cause) {
    super("The broker did not take a record.", cause);
  }
}
