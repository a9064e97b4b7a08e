/**
 * Turns verified content into a version in place, and a version into the current one. In order: the
 * tree inside the model's claim, the tree to {@code versions/<model>/<commit>}, the manifest,
 * {@code current.json} by rename, which is the commit point, then the view and the link {@code
 * active/<model>}, which any holder of the claim can make again from {@code current.json}. Nothing
 * here reads the network. Publishing twice is publishing once. {@link
 * io.modeldepot.store.publish.Publisher} is the door, for the downloader, and for the janitor's
 * restore.
 */
@NullMarked
package io.modeldepot.store.publish;

import org.jspecify.annotations.NullMarked;
