/** Decisions on the volume and at inference servers that answer over real HTTP. */
@NullMarked
package io.modeldepot.downloader.engine;

import org.jspecify.annotations.NullMarked;
