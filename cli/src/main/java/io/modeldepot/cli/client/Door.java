package io.modeldepot.cli.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One HTTP endpoint. Implementations keep no session and may be used by several threads. */
public interface Door {
  /**
   * Asks once. Every HTTP status is an answer, not an error.
   *
   * @throws IOException when no answer came: refused, timed out, broken off
   */
  Answer ask(Call call) throws IOException;

  /**
   * Puts a file, in chunks, as it is read.
   *
   * @throws IOException when no answer came
   */
  Answer put(String path, Path file, String contentType, Duration patience) throws IOException;

  /**
   * Opens a stream of server-sent events; the caller closes it, from any thread.
   *
   * @param lastEventId resumes after this one
   * @throws IOException when it cannot be opened, other statuses than 200 included
   */
  EventStream listen(String path, Optional<String> lastEventId) throws IOException;
}
