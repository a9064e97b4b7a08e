/** How full the locations are, as they report it, and who takes the space. */
@NullMarked
package io.modeldepot.registry.capacity;

import org.jspecify.annotations.NullMarked;
