/** Tests of the room. */
@NullMarked
package io.modeldepot.registry.notify.absence;

import org.jspecify.annotations.NullMarked;
