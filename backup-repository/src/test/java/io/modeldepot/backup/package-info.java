/** Tests of this room, on real volumes and directories. */
@NullMarked
package io.modeldepot.backup;

import org.jspecify.annotations.NullMarked;
