/** Waiting without time passing. */
@NullMarked
package io.modeldepot.downloader.pace;

import org.jspecify.annotations.NullMarked;
