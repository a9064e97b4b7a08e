/** Tests of this room, on real volumes. */
@NullMarked
package io.modeldepot.store.account;

import org.jspecify.annotations.NullMarked;
