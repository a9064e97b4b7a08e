/**
 * What the topics say: what is wanted of each model, and what this location was last said to have.
 * Read in full before anything is decided, and followed for ever. Nothing here is ours to change.
 * Asked by preflight, publish and announce.
 */
@NullMarked
package io.modeldepot.downloader.catalog;

import org.jspecify.annotations.NullMarked;
