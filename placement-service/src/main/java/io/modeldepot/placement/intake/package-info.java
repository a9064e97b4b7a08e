/**
 * Commands in, and who may act on them.
 *
 * <p>{@code Lead} reads {@code placement-due} in the group {@code placement}. Who owns its
 * partition leads: it fences whoever led before, reads what was announced to its end, and plans at
 * once; then on every command, and on every change of the site once the site has been quiet for a
 * moment. Who loses the partition, or is fenced, stops. A command is acknowledged once its plan is
 * out; handling it twice announces nothing twice, since only differences are announced.
 */
@NullMarked
package io.modeldepot.placement.intake;

import org.jspecify.annotations.NullMarked;
