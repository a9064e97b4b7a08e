@NullMarked
package io.modeldepot.kit.tls;

import org.jspecify.annotations.NullMarked;
