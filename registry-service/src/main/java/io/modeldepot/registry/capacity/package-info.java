/**
 * How full the locations are: takes what each downloader reports of its volume, keeps the newest
 * report of a location, and answers who takes the space. Counts nothing itself; what a file system
 * holds is known only where it is mounted.
 */
@NullMarked
package io.modeldepot.registry.capacity;

import org.jspecify.annotations.NullMarked;
