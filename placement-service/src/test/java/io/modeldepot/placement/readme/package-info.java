/** What the README shows is what the code says. */
@NullMarked
package io.modeldepot.placement.readme;

import org.jspecify.annotations.NullMarked;
