/** Tests of how other locations are used. */
@NullMarked
package io.modeldepot.downloader.peer;

import org.jspecify.annotations.NullMarked;
