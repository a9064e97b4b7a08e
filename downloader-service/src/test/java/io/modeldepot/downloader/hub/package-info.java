/** Questions to a real hub that misbehaves. */
@NullMarked
package io.modeldepot.downloader.hub;

import org.jspecify.annotations.NullMarked;
