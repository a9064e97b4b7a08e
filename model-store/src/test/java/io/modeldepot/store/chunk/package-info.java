/** Tests of this room; those of lists that are kept on real volumes. */
@NullMarked
package io.modeldepot.store.chunk;

import org.jspecify.annotations.NullMarked;
