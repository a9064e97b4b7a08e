/** Many writers and many collectors on one volume. */
@NullMarked
package io.modeldepot.store.trash;

import org.jspecify.annotations.NullMarked;
