/**
 * Turns verified files into the current version of a model. In order: the manifest is made from the
 * hub's listing and the digests that were computed, the model's own files are read for its profile
 * and judged once more, the store publishes under the model's claim, the version is signed where a
 * key is configured, and the active link follows the catalog's wish. A version that is already here
 * is made current with nothing fetched. Publishing twice is publishing once. Reads no network, but
 * for content that somebody removed in between.
 */
@NullMarked
package io.modeldepot.downloader.publish;

import org.jspecify.annotations.NullMarked;
