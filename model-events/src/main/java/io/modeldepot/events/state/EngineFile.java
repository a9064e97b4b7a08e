package io.modeldepot.events.state;

import io.modeldepot.events.terms.Components;

/**
 * A file an engine needs beside its flags.
 *
 * @param path path
 * @param content content
 */
public record EngineFile(String path, String content) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public EngineFile {
    Components.required(path, "path");
    Components.required(content, "content");
  }
}
