/** Tests of what is taken in from archives, with real ones, some of them made to do harm. */
@NullMarked
package io.modeldepot.backup.unpack;

import org.jspecify.annotations.NullMarked;
