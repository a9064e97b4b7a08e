/** What is found out before the first byte. */
@NullMarked
package io.modeldepot.downloader.preflight;

import org.jspecify.annotations.NullMarked;
