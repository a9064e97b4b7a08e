/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.layout;

import org.jspecify.annotations.NullMarked;
