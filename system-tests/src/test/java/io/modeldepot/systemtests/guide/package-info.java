/** The guides as a newcomer follows them: every command in them is run, in their order. */
@NullMarked
package io.modeldepot.systemtests.guide;

import org.jspecify.annotations.NullMarked;
