/** Tests of this room, on real directories. */
@NullMarked
package io.modeldepot.backup.keep;

import org.jspecify.annotations.NullMarked;
