/**
 * Asks a hub: which commit, which files, may we, and gives the bytes.
 *
 * <p>A question goes to the configured endpoints in order of preference; the answer is a value, and
 * so is a refusal ({@link io.modeldepot.downloader.hub.HubFailure}). Redirects are followed here
 * and by hand, because the token must never reach a host that is not a configured endpoint. Nothing
 * here touches the volume. Preflight and transfer call it. OkHttp, the token and the queries of
 * signed addresses stay inside.
 */
@NullMarked
package io.modeldepot.downloader.hub;

import org.jspecify.annotations.NullMarked;
