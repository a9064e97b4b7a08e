/** Tests of the kit's volumes. */
@NullMarked
package io.modeldepot.testkit.volume;

import org.jspecify.annotations.NullMarked;
