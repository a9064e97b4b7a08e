package io.modeldepot.mirror.shelf;

import io.modeldepot.events.terms.RequestId;

/**
 * A version that is being downloaded: what is known of it before it is published.
 *
 * @param job the download
 * @param book its files as the journal has them; its tree is where they will lie, once published
 */
public record Arriving(RequestId job, Book book) {}
