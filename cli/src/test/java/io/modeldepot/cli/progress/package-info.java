@NullMarked
package io.modeldepot.cli.progress;

import org.jspecify.annotations.NullMarked;
