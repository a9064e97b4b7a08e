/** Tests of this room, on real volumes and directories. */
@NullMarked
package io.modeldepot.backup.restore;

import org.jspecify.annotations.NullMarked;
