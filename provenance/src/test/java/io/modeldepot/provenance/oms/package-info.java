/** Tests of this room, against statements made by hand and against the published ones. */
@NullMarked
package io.modeldepot.provenance.oms;

import org.jspecify.annotations.NullMarked;
