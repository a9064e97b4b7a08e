/**
 * Finds out what need not be fetched of a file although the file is new. In order: a mirror of this
 * site is asked of which pieces the file is made, the same path of an earlier version here is
 * looked for, the two lists are compared. Called by fetch before a file's first bytes. Everything
 * here may fail: then the file is fetched whole. Writes nothing but the list of an earlier version
 * that had none. Knows no job.
 */
@NullMarked
package io.modeldepot.downloader.delta;

import org.jspecify.annotations.NullMarked;
