/** Tests of the store, each on a real volume in a temporary directory. */
@NullMarked
package io.modeldepot.store;

import org.jspecify.annotations.NullMarked;
