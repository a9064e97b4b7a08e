/**
 * Who calls. Every request gets an id and an actor before anything else looks at it; what goes into
 * the audit trail as actor comes from here and from nowhere else.
 */
@NullMarked
package io.modeldepot.registry.access;

import org.jspecify.annotations.NullMarked;
