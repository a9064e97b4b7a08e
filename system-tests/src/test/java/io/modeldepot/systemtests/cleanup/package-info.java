/** Cleanups with real processes: asked for by command, by REST and by hand, killed, undone. */
@NullMarked
package io.modeldepot.systemtests.cleanup;

import org.jspecify.annotations.NullMarked;
