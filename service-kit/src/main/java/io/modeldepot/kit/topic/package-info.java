/**
 * The topics themselves: missing ones are made, differing ones are reported, none is ever altered.
 *
 * <p>Every service calls this at its start, before it reads or writes; calls from several services
 * at once do no harm.
 */
@NullMarked
package io.modeldepot.kit.topic;

import org.jspecify.annotations.NullMarked;
