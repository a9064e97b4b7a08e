/**
 * What travels in headers: names, entity tags, ranges, rate limits, links to the next page. Parsing
 * never throws at what a server sent: what cannot be understood is absent. Writing goes through the
 * same types, so that a mirror says exactly what a client reads.
 */
@NullMarked
package io.modeldepot.hub.header;

import org.jspecify.annotations.NullMarked;
