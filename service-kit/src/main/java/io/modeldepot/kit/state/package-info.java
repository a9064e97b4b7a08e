/**
 * State topics: read in full, then acted on.
 *
 * <p>{@code StateTopicReader} reads every partition from its beginning and goes on for ever; it
 * says when it has seen everything that was there when it began, and before that nobody decides
 * anything. {@code StateTopics} are several that are read by one connection. {@code StateTable}
 * keeps what it saw, the higher generation of two. Nothing here is durable and nothing needs to be:
 * every start reads everything again.
 */
@NullMarked
package io.modeldepot.kit.state;

import org.jspecify.annotations.NullMarked;
