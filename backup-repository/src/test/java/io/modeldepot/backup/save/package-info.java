/** Tests of this room, on real volumes and directories. */
@NullMarked
package io.modeldepot.backup.save;

import org.jspecify.annotations.NullMarked;
