@NullMarked
package io.modeldepot.kit.oidc;

import org.jspecify.annotations.NullMarked;
