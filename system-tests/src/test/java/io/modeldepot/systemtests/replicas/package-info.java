/** Several registries on one database and one broker. */
@NullMarked
package io.modeldepot.systemtests.replicas;

import org.jspecify.annotations.NullMarked;
