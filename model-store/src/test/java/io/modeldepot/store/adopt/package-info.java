/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.adopt;

import org.jspecify.annotations.NullMarked;
