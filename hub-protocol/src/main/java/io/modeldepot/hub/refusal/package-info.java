/**
 * Why a hub said no. A status alone is not enough: 401 means missing, private or gated, and a
 * repository that was taken down is told apart by a sentence. A client asks {@link
 * io.modeldepot.hub.refusal.Refusal} what an answer means and whether to try again; a mirror writes
 * the same codes.
 */
@NullMarked
package io.modeldepot.hub.refusal;

import org.jspecify.annotations.NullMarked;
