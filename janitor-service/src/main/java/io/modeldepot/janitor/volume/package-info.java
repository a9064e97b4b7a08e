/**
 * Which volume is ours, and how long a holder of a claim is believed to be alive. Makes the one
 * {@link io.modeldepot.store.keep.VolumeKeeper} of this process, which every room asks that touches
 * files: it knows whether the volume is here.
 */
@NullMarked
package io.modeldepot.janitor.volume;

import org.jspecify.annotations.NullMarked;
