/** Tests of frames. */
@NullMarked
package io.modeldepot.store.frame;

import org.jspecify.annotations.NullMarked;
