/** Certificates for tests. */
@NullMarked
package io.modeldepot.testkit.tls;

import org.jspecify.annotations.NullMarked;
