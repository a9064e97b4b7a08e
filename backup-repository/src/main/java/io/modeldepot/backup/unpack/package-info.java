/**
 * A tar from somewhere becomes versions on a volume. {@link io.modeldepot.backup.unpack.Look} reads
 * the whole archive first and writes nothing: names, kinds, lengths, digests and the manifests that
 * an export has in it; what is cut off, leaves its place or claims more than there is room for ends
 * here. {@link io.modeldepot.backup.unpack.TarImport} reads it again, writes what the volume lacks
 * into the models' claims, verified, and lets the store publish each model once its last file has
 * come. An archive without manifests is adopted, model by model. Nothing here follows a link.
 */
@NullMarked
package io.modeldepot.backup.unpack;

import org.jspecify.annotations.NullMarked;
