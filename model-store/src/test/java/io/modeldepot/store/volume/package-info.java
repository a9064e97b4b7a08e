/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.volume;

import org.jspecify.annotations.NullMarked;
