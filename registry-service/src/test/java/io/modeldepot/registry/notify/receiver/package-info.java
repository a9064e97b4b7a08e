/** Tests of the room. */
@NullMarked
package io.modeldepot.registry.notify.receiver;

import org.jspecify.annotations.NullMarked;
