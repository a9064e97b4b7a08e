/** Tests of what two backups say of each other. */
@NullMarked
package io.modeldepot.backup.snapshot;

import org.jspecify.annotations.NullMarked;
