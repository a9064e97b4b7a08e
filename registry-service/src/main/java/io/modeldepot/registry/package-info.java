/**
 * The registry: the depot's memory and its one public door. Commands and facts come in through
 * {@code intake}, REST through the resource of each room; both end in the same rooms, and every
 * change leaves through {@code outbox}, which writes the audit trail too.
 */
@NullMarked
package io.modeldepot.registry;

import org.jspecify.annotations.NullMarked;
