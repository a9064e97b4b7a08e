/**
 * Whether what is here is still what it was. {@link io.modeldepot.janitor.scrub.Checking} reads
 * versions again because somebody asks; {@link io.modeldepot.janitor.scrub.Scrub} does so by
 * itself, for ever, the one checked longest ago first, slowly, and slower still while downloads
 * run. What they find is told: {@code model-checked} of every version, {@code model-corrupted} of
 * every damaged file. A repair is a download: it brings what is damaged, and publishing puts the
 * damaged file into the quarantine. Nothing is changed here.
 */
@NullMarked
package io.modeldepot.janitor.scrub;

import org.jspecify.annotations.NullMarked;
