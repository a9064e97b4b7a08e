/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.claim;

import org.jspecify.annotations.NullMarked;
