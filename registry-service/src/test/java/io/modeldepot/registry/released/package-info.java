/**
 * What was released stays as it was: migrations by their checksums, and every schema that any of
 * them made is still a beginning from which the newest is reached with all its rows.
 */
@NullMarked
package io.modeldepot.registry.released;

import org.jspecify.annotations.NullMarked;
