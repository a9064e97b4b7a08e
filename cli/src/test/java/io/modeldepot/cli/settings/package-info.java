@NullMarked
package io.modeldepot.cli.settings;

import org.jspecify.annotations.NullMarked;
