/** What the tests of all rooms share. */
@NullMarked
package io.modeldepot.kit;

import org.jspecify.annotations.NullMarked;
