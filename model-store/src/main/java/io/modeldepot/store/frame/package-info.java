/**
 * Content packed without loss. A block of at most 16 MiB becomes one frame: its bytes are grouped
 * by plane where a trial on samples says that it helps, as it does for bf16, fp16 and fp32 tensors
 * whose exponents are alike and whose mantissas are noise, and then compressed with zstd. {@link
 * io.modeldepot.store.frame.FrameEncoder} packs, {@link io.modeldepot.store.frame.FrameDecoder}
 * unpacks, {@link io.modeldepot.store.frame.Transform} is the byte that says how. Nothing here
 * touches a file. Used by the archive of a volume and by backups, which write the frame down in
 * their own formats.
 */
@NullMarked
package io.modeldepot.store.frame;

import org.jspecify.annotations.NullMarked;
