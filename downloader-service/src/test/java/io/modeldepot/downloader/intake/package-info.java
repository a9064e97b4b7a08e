/** What a command must be. */
@NullMarked
package io.modeldepot.downloader.intake;

import org.jspecify.annotations.NullMarked;
