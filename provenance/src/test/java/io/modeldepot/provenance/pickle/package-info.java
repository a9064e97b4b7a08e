/** Tests of this room, on files made by hand. */
@NullMarked
package io.modeldepot.provenance.pickle;

import org.jspecify.annotations.NullMarked;
