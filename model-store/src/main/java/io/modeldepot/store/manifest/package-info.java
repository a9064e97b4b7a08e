/**
 * What the volume says is on it. {@link io.modeldepot.store.manifest.Versions} reads manifests and
 * {@code current.json}, and nothing else, so any process may use it on a read-only mount; {@link
 * io.modeldepot.store.manifest.VersionFiles} writes them, under the model's claim, for publish
 * alone. Files are in the canonical form of RFC 8785: the bytes on the volume are the bytes that
 * are hashed and signed.
 */
@NullMarked
package io.modeldepot.store.manifest;

import org.jspecify.annotations.NullMarked;
