/**
 * Requests for content and what became of them. A request is a row, an audit entry and an outgoing
 * command in one transaction; progress and failures come back through the intake; a final state
 * never changes.
 */
@NullMarked
package io.modeldepot.registry.downloads;

import org.jspecify.annotations.NullMarked;
