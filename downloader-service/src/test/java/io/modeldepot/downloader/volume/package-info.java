/** Volumes for tests of other rooms. */
@NullMarked
package io.modeldepot.downloader.volume;

import org.jspecify.annotations.NullMarked;
