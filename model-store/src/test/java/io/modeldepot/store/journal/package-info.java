/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.journal;

import org.jspecify.annotations.NullMarked;
