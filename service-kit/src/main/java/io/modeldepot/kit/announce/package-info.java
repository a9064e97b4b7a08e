/**
 * Facts, state and forwarded commands on their way out: keyed, with the headers of CloudEvents,
 * sent once and kept.
 *
 * <p>A caller gets a future that completes when the broker has the record; until then nothing was
 * promised to anybody. What it keeps secret: the producer.
 */
@NullMarked
package io.modeldepot.kit.announce;

import org.jspecify.annotations.NullMarked;
