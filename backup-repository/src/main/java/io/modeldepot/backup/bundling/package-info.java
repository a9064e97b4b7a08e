/**
 * Versions of a volume become a bundle. {@link io.modeldepot.backup.bundling.BundlePlanner} says
 * what goes in and what the far side has already; {@link
 * io.modeldepot.backup.bundling.BundleMaking} writes the parts one after the other, every content
 * held against its digest, and the index last, so that what was stopped does not look finished and
 * is gone on with. Nothing on the volume is changed.
 */
@NullMarked
package io.modeldepot.backup.bundling;

import org.jspecify.annotations.NullMarked;
