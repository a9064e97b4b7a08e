/**
 * A real Redis as a process, for what registries share. There is none in the engines of the depot:
 * where the machine has none, who needs it is skipped with a reason.
 */
@NullMarked
package io.modeldepot.testkit.redis;

import org.jspecify.annotations.NullMarked;
