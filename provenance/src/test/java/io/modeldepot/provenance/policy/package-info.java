/** Tests of this room, with scans and configurations made by hand. */
@NullMarked
package io.modeldepot.provenance.policy;

import org.jspecify.annotations.NullMarked;
