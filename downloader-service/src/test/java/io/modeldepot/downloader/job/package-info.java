/** What can happen to a download job. */
@NullMarked
package io.modeldepot.downloader.job;

import org.jspecify.annotations.NullMarked;
