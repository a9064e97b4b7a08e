package io.modeldepot.janitor.site;

import io.modeldepot.events.terms.ModelName;
import java.io.IOException;

/** What everybody wants and does, as somebody knows it. */
public interface KnownSite {
  /** What is known now. */
  Site site();

  /** The highest generation that was announced of a model at this location; 0 for none. */
  long generation(ModelName model);

  /**
   * Returns once everything is known that anybody was told before this call.
   *
   * @throws IOException if that cannot be had; nothing may be removed then
   */
  void requireUpToDate() throws IOException, InterruptedException;
}
