package io.modeldepot.store.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.ModelName;
import java.util.List;

/**
 * {@code engines/placed/<model>.json}: what was published of a model. Written before a folder
 * appears and after one has gone, so that every folder of ours is listed at any moment. One without
 * repositories stays: it remembers which decision took the model away.
 *
 * @param format 1
 * @param model which
 * @param generation of the decision that was published last
 * @param repositories {@code host/gpus} of every repository that has or may have a folder of it
 */
public record EngineRecord(
    @JsonProperty(required = true) int format,
    ModelName model,
    @JsonProperty(required = true) long generation,
    List<String> repositories) {
  static final int FORMAT = 1;

  /** Refuses what a later program wrote, and what is no repository. */
  public EngineRecord {
    if (format != FORMAT) {
      throw new IllegalArgumentException("The format is " + format + ", not " + FORMAT);
    }
    if (generation < 0) {
      throw new IllegalArgumentException("A generation is not negative: " + generation);
    }
    repositories.forEach(RepositoryName::parse);
    repositories = List.copyOf(repositories);
  }

  /** The repositories by name. */
  public List<RepositoryName> names() {
    return repositories.stream().map(RepositoryName::parse).toList();
  }
}
