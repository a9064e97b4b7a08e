/**
 * A hub in every mood, and a token that must stay between it and the downloader. Whatever the hub
 * does, what is on the volume is what it promised, or nothing.
 */
@NullMarked
package io.modeldepot.systemtests.hub;

import org.jspecify.annotations.NullMarked;
