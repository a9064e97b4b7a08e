/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.volume.call;

import org.jspecify.annotations.NullMarked;
