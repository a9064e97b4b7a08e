/** A depot that asks everybody for a token: who may do what, at every door. */
@NullMarked
package io.modeldepot.systemtests.access;

import org.jspecify.annotations.NullMarked;
