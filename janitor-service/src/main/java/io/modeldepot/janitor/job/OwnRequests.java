package io.modeldepot.janitor.job;

import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the janitors of this volume asked for themselves because the disk is full: {@code
 * .depot/janitor/own/watermark.json}, the last such command. It may do what nobody else may, so who
 * asked is written down before it goes out; an id can be chosen by anybody.
 */
public final class OwnRequests {
  private static final String WATERMARK = "watermark";

  private final Notes notes;

  /** Those of a volume. */
  public OwnRequests(ModelStore store) {
    this.notes = store.notes("own");
  }

  /** A command of the watermarks goes out after this; the one before it counts no more. */
  public void remember(CleanupDue command) throws IOException {
    notes.write(WATERMARK, Wire.write(command));
  }

  /** Whether the watermarks asked for exactly this, and for nothing since. */
  public boolean gave(CleanupDue command) throws IOException {
    return notes
        .read(WATERMARK)
        .filter(asked -> Arrays.equals(asked, Wire.write(command)))
        .isPresent();
  }
}
