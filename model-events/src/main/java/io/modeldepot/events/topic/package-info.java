/**
 * Topic names and settings, in one place. Services create what is missing at start from this list
 * and report, never alter, what differs.
 */
@NullMarked
package io.modeldepot.events.topic;

import org.jspecify.annotations.NullMarked;
