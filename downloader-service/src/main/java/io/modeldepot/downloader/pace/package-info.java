/**
 * How long to wait, how fast to go and when to stop: time, cancelling, retry delays, bandwidth.
 *
 * <p>Everything that waits in hub and transfer waits here, so that a test can move time by hand.
 * Knows neither hubs nor files.
 */
@NullMarked
package io.modeldepot.downloader.pace;

import org.jspecify.annotations.NullMarked;
