package io.modeldepot.cli.client;

import java.io.IOException;

/** Something answered, but not in a registry's language. */
final class NotARegistry extends IOException {
  private static final long serialVersionUID = 1L;

  NotARegistry(int status) {
    super("what answers there is no registry (HTTP " + status + ", and no JSON)");
  }
}
