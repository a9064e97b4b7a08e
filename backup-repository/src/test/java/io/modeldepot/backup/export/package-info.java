/** Tests of exports, read by the tar of this machine. */
@NullMarked
package io.modeldepot.backup.export;

import org.jspecify.annotations.NullMarked;
