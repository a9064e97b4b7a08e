/**
 * Content, named by its digest. {@link io.modeldepot.store.blob.Digester} computes every digest of
 * a file in one pass; {@link io.modeldepot.store.blob.Blobs} keeps verified content once and says
 * what is already here; {@link io.modeldepot.store.blob.Contents} knows where else on the volume
 * content is; {@link io.modeldepot.store.blob.Placing} brings it to a name in a tree, by link where
 * links count, else by clone or copy. A blob is never the last copy: when it is gone, the same
 * content is linked from a tree whose manifest has it. Called by downloads, publish and adopt.
 */
@NullMarked
package io.modeldepot.store.blob;

import org.jspecify.annotations.NullMarked;
