/** Transfers from a real hub that misbehaves, into real files. */
@NullMarked
package io.modeldepot.downloader.transfer;

import org.jspecify.annotations.NullMarked;
