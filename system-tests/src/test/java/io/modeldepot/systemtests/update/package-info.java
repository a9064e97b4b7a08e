/** An update is explained in words before anything of it is fetched. */
@NullMarked
package io.modeldepot.systemtests.update;

import org.jspecify.annotations.NullMarked;
