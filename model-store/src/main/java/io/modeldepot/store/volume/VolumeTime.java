package io.modeldepot.store.volume;

import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The volume's own clock: the time by which it stamps a file. No clock of a machine is asked. */
public final class VolumeTime {
  /** What the name of a file begins with that is written to see its stamp. */
  public static final String PROBE = ".probe-";

  private VolumeTime() {}

  /** What time it is on a volume; writes a file and removes it. */
  public static Instant now(Volume volume) throws IOException {
    FileCalls calls = volume.calls();
    Path stamp = volume.layout().janitor().resolve(PROBE + FreshName.eightHex(calls));
    SafeFile.write(calls, stamp, new byte[0], 0644);
    try {
      return calls
          .stat(stamp)
          .orElseThrow(() -> new FileCallFailed("stat", stamp, Errno.ENOENT))
          .modifiedAt();
    } finally {
      calls.unlink(stamp);
    }
  }
}
