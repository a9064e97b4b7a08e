/** Tests of inventories as files. */
@NullMarked
package io.modeldepot.backup.bundle;

import org.jspecify.annotations.NullMarked;
