package io.modeldepot.registry.cache;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Whether anything has changed since somebody looked last, for those who would else read everything
 * again and again. Safe for threads.
 */
@ApplicationScoped
public class Changes {
  private final Stamps stamps;

  Changes(Stamps stamps) {
    this.stamps = stamps;
  }

  /**
   * What is another text after any change of any model, its versions and its use.
   *
   * @return empty where the database does not answer, or no model has ever been
   */
  public Optional<String> ofModels() {
    return stamps.current(Subject.MODELS);
  }
}
