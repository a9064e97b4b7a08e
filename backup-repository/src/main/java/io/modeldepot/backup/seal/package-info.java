/**
 * What stands between a repository and whoever can read the place it lies in. {@link
 * io.modeldepot.backup.seal.Seal} seals and opens bytes and gives blocks their ids: openly, or with
 * AES-256-GCM under keys that are derived from one random repository key, which in turn is kept
 * only wrapped by the operator's key. The operator's key is read from a file, is never written
 * anywhere, and no message here contains a key.
 */
@NullMarked
package io.modeldepot.backup.seal;

import org.jspecify.annotations.NullMarked;
