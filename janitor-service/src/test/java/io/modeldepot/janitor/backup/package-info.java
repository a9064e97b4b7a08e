/** What is told of backups and of what went wrong with them. */
@NullMarked
package io.modeldepot.janitor.backup;

import org.jspecify.annotations.NullMarked;
