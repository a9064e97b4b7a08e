/** Tests of this room, on real volumes and directories. */
@NullMarked
package io.modeldepot.backup.storage;

import org.jspecify.annotations.NullMarked;
