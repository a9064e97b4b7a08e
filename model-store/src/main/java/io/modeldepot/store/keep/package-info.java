/**
 * The shared volume as a process that writes on it sees it: here or not here. In order: opened once
 * it is there and is ours, looked at again by whoever calls, given up when it is gone or another
 * one, so that an unmounted directory neither fills the disk below it nor looks like an empty
 * store. Never set up here. What it keeps secret: how claims beat, and when they are given back.
 */
@NullMarked
package io.modeldepot.store.keep;

import org.jspecify.annotations.NullMarked;
