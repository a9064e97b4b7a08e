/** Tests of the room of the same name. */
@NullMarked
package io.modeldepot.provenance.scan;

import org.jspecify.annotations.NullMarked;
