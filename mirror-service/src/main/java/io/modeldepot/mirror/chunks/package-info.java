/**
 * Offers of which pieces a file is made, to sites that have an earlier version of it. Not the Hub's
 * protocol but ours: {@code /<name>/chunks-1/<commit>/<path>}, for those who may read the file.
 * Lists are made by who writes the volume; a file without one is not found here and is fetched
 * whole.
 */
@NullMarked
package io.modeldepot.mirror.chunks;

import org.jspecify.annotations.NullMarked;
