@NullMarked
package io.modeldepot.store.archive;

import org.jspecify.annotations.NullMarked;
