@NullMarked
package io.modeldepot.downloader.trust;

import org.jspecify.annotations.NullMarked;
