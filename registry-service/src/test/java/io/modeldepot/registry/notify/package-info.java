/** Tests of the room. */
@NullMarked
package io.modeldepot.registry.notify;

import org.jspecify.annotations.NullMarked;
