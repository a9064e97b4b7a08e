/** What differs, by many random states. */
@NullMarked
package io.modeldepot.registry.desired.difference;

import org.jspecify.annotations.NullMarked;
