/** Bits that rot are found, wherever they are. */
@NullMarked
package io.modeldepot.janitor.scrub;

import org.jspecify.annotations.NullMarked;
