/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.manifest;

import org.jspecify.annotations.NullMarked;
