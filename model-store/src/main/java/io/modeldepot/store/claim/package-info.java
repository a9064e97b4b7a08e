/**
 * Who works on what. A claim is a directory with exactly one entry, {@code free} or the holder's
 * name; taking, taking over and releasing are one rename each, so the file system picks the winner
 * and no clocks of machines are compared. All work of a holder lies inside its entry: once the
 * entry has another name, the loser's paths no longer exist and its calls are refused. Holders
 * write a counter; whoever sees it stand still long enough by its own monotonic clock may take
 * over. Jobs ({@code downloads/<id>/}) and models ({@code versions/<model>/.claim/}) have the same
 * form. {@link io.modeldepot.store.claim.Claims} is the door.
 */
@NullMarked
package io.modeldepot.store.claim;

import org.jspecify.annotations.NullMarked;
