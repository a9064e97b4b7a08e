/**
 * The Hub's read API. A request's raw path is cut into segments and read into a {@link
 * io.modeldepot.mirror.hubapi.HubPath} (which of its segments are the repository's name is decided
 * by what is on the shelf), then answered on a virtual thread: repository, revision, access,
 * document. Every refusal carries the Hub's error code, because clients read that and not the
 * status. What a mirror must not say is not said: no Xet headers, no address but its own.
 */
@NullMarked
package io.modeldepot.mirror.hubapi;

import org.jspecify.annotations.NullMarked;
