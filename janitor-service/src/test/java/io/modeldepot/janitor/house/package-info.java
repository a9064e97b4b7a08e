/** The whole janitor with a real broker and a real volume. */
@NullMarked
package io.modeldepot.janitor.house;

import org.jspecify.annotations.NullMarked;
