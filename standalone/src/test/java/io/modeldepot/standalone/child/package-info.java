@NullMarked
package io.modeldepot.standalone.child;

import org.jspecify.annotations.NullMarked;
