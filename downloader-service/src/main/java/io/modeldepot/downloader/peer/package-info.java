/**
 * The other locations of this site: what each of them holds and where its mirrors are, as {@code
 * model-verified} and {@code storage-reported} say. Bytes that are at one of them are fetched there
 * and not at the hub; of several locations that want one version, the first in the catalog's order
 * asks the hub and the others wait for it. Asked by preflight and fetch.
 */
@NullMarked
package io.modeldepot.downloader.peer;

import org.jspecify.annotations.NullMarked;
