/**
 * What is on the volume now. {@link io.modeldepot.mirror.shelf.Shelf} lists versions, looks again
 * every few seconds and whenever something is asked for that it does not know, and opens the
 * manifest of one version. Only what a manifest calls present exists here; no path from a request
 * ever becomes a file name except by being found in a manifest. An absent volume is said, not
 * mistaken for an empty one. {@link io.modeldepot.mirror.shelf.Arrivals} shows what is not there
 * yet: versions that are being downloaded, as their journals say.
 */
@NullMarked
package io.modeldepot.mirror.shelf;

import org.jspecify.annotations.NullMarked;
