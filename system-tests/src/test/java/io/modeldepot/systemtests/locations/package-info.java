/** Several locations, as separate processes on volumes of their own. */
@NullMarked
package io.modeldepot.systemtests.locations;

import org.jspecify.annotations.NullMarked;
