package io.modeldepot.registry.downloads;

/**
 * Something about a download is different once the transaction is committed.
 *
 * @param id which
 */
record DownloadChanged(String id) {}
