/**
 * The shared volume as this process sees it: here or not here. In order: opened once it is there
 * and is ours, looked at again every second, given up when it is gone or another one, so that an
 * unmounted directory neither fills the disk below it nor looks like an empty store. Never set up
 * here. Every room that touches files asks {@link io.modeldepot.downloader.volume.VolumeKeeper}
 * first.
 */
@NullMarked
package io.modeldepot.downloader.volume;

import org.jspecify.annotations.NullMarked;
