/** Tests of the room of the same name. */
@NullMarked
package io.modeldepot.provenance.pickle;

import org.jspecify.annotations.NullMarked;
