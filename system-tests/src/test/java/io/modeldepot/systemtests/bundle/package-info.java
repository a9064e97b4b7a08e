/** Models go to a depot that no network reaches. */
@NullMarked
package io.modeldepot.systemtests.bundle;

import org.jspecify.annotations.NullMarked;
