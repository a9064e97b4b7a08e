/**
 * Files inside files, found as leniently as the loaders of models find them: a ZIP or tar whose
 * headers lie is still looked into, and that they lie is told. A part is a view of the container's
 * bytes, nothing is unpacked here. Stated lengths and counts are bounded by the file before they
 * are used; {@link io.modeldepot.provenance.container.FileBytes} is the only door to the disk.
 */
@NullMarked
package io.modeldepot.provenance.container;

import org.jspecify.annotations.NullMarked;
