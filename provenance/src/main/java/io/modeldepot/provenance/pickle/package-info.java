/**
 * What a pickle would do, found by following its instructions and carrying out none. {@link
 * io.modeldepot.provenance.pickle.PickleWalk} reads one after the other, keeps what is known of
 * stack and memo, and judges every import by {@link io.modeldepot.provenance.pickle.AllowList}.
 * Everything read is treated as hostile: memory is bounded, time is linear in the bytes, and what
 * is not understood is never called good. Nothing here opens a file.
 */
@NullMarked
package io.modeldepot.provenance.pickle;

import org.jspecify.annotations.NullMarked;
