package io.modeldepot.downloader.hub;

import io.modeldepot.events.terms.CommitId;

/**
 * What a HEAD on a file says.
 *
 * @param commit {@code X-Repo-Commit}
 * @param etag {@code X-Linked-Etag}, else {@code ETag}, without quotes and weakness
 * @param sizeBytes {@code X-Linked-Size}, else {@code Content-Length}
 * @param endpoint who answered
 */
public record FileMetadata(CommitId commit, String etag, long sizeBytes, Endpoint endpoint) {}
