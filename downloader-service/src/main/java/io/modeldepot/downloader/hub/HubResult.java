package io.modeldepot.downloader.hub;

/**
 * What a hub answered: the thing itself, or why not.
 *
 * @param <T> the thing
 */
public sealed interface HubResult<T> {

  /** The thing itself. */
  record Found<T>(T value) implements HubResult<T> {}

  /** Why not. */
  record Failed<T>(HubFailure failure) implements HubResult<T> {}
}
