/**
 * The depot in one file that plain {@code tar} reads: {@code models/<family>/<model>/…}, the
 * current versions as regular files, so that {@code tar -xzf} restores them anywhere, one family
 * alone too. A plain {@code tar} of the store has hard links in it, which extracting a part of it
 * cannot follow. Before them stand the manifests, so that an import makes the same versions of it.
 * {@link io.modeldepot.backup.export.TarExport} writes it, packed by all processors; what is
 * written is held against the manifests.
 */
@NullMarked
package io.modeldepot.backup.export;

import org.jspecify.annotations.NullMarked;
