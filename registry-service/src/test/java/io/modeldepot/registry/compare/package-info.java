/** The comparison as a pure function, and as REST answers it. */
@NullMarked
package io.modeldepot.registry.compare;

import org.jspecify.annotations.NullMarked;
