/** The model repositories of inference servers: published whole, in order, and made again. */
@NullMarked
package io.modeldepot.store.repair;

import org.jspecify.annotations.NullMarked;
