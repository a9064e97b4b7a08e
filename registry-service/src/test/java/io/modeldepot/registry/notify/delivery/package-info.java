/** Tests of the room. */
@NullMarked
package io.modeldepot.registry.notify.delivery;

import org.jspecify.annotations.NullMarked;
