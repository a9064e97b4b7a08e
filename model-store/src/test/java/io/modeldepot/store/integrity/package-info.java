/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.integrity;

import org.jspecify.annotations.NullMarked;
