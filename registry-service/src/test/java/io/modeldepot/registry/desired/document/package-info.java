/** How documents are read and written. */
@NullMarked
package io.modeldepot.registry.desired.document;

import org.jspecify.annotations.NullMarked;
