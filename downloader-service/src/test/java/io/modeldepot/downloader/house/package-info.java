/**
 * The whole downloader against a real broker, a real volume and a hub with moods: what goes in as
 * an event comes out as files and records. One application for all tests; each has models of its
 * own.
 */
@NullMarked
package io.modeldepot.downloader.house;

import org.jspecify.annotations.NullMarked;
