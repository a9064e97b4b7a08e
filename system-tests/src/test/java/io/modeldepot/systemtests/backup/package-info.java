/**
 * Backups and restores with real processes, seen from outside: what comes back is verified, and the
 * registry, the placement and applications know of it at once.
 */
@NullMarked
package io.modeldepot.systemtests.backup;

import org.jspecify.annotations.NullMarked;
