/**
 * A disk that has no room: refused before the first byte where that can be known, waited for where
 * it comes about later.
 */
@NullMarked
package io.modeldepot.systemtests.space;

import org.jspecify.annotations.NullMarked;
