/**
 * Payloads that say how something is: the newest record of a key is the truth, and together they
 * can rebuild every reader.
 *
 * <p>Of two records about one thing the higher generation counts, whatever their order.
 */
@NullMarked
package io.modeldepot.events.state;

import org.jspecify.annotations.NullMarked;
