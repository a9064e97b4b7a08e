/**
 * Serves a volume over HTTP with the Hub's protocol, so that engines and downloaders that know the
 * Hub need only another address. The volume is mounted read-only; nothing is kept but what a
 * restart reads again. Rooms in the order of a request: shelf (what is there), revision (which
 * commit a name means), access (who may), hubapi (the documents), serve (the bytes).
 */
@NullMarked
package io.modeldepot.mirror;

import org.jspecify.annotations.NullMarked;
