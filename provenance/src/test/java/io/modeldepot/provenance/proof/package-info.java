/** Tests of this room: a report goes out as JSON, comes back, and is checked. */
@NullMarked
package io.modeldepot.provenance.proof;

import org.jspecify.annotations.NullMarked;
