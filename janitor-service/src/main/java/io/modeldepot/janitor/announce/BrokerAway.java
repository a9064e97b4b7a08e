package io.modeldepot.janitor.announce;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The broker did not take a record; telling again is harmless. */
public final class BrokerAway extends IOException {
  private static final long serialVersionUID = 1L;

  BrokerAway(@Nullable Throwable cause) {
    super("The broker does not take records: " + (cause == null ? "" : cause.getMessage()), cause);
  }
}
