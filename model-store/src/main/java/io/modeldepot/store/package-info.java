/**
 * The store as one object. {@link io.modeldepot.store.ModelStore} opens a volume and hands out the
 * rooms' doors, all on the same file-system calls and the same clock.
 */
@NullMarked
package io.modeldepot.store;

import org.jspecify.annotations.NullMarked;
