/**
 * The file-system calls the store is made of, and nothing above them. {@link
 * io.modeldepot.store.volume.call.FileCalls} is the one interface: real calls behind {@link
 * io.modeldepot.store.volume.call.LinuxCalls}, recording and failing ones in {@code volume.fault}.
 * Every call either has its whole effect or throws {@link
 * io.modeldepot.store.volume.call.FileCallFailed} with the errno. Any room of the store may call;
 * native memory, handles and numbers of constants stay in here.
 */
@NullMarked
package io.modeldepot.store.volume.call;

import org.jspecify.annotations.NullMarked;
