/**
 * The shared volume as a whole: what it is, what its file system can do, whether it is really here.
 * {@link io.modeldepot.store.volume.Setup} makes one, {@link io.modeldepot.store.volume.Volume}
 * opens one and refuses a directory that is none, {@link io.modeldepot.store.volume.Probe} proves
 * what the file system does by doing it, {@link io.modeldepot.store.volume.SafeFile} replaces a
 * small file so that a crash leaves the old one or the new one. Any room may call; only setup makes
 * directories at the top.
 */
@NullMarked
package io.modeldepot.store.volume;

import org.jspecify.annotations.NullMarked;
