/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.publish;

import org.jspecify.annotations.NullMarked;
