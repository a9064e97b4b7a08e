/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.blob;

import org.jspecify.annotations.NullMarked;
