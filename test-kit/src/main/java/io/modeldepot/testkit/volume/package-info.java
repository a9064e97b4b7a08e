/**
 * A volume for a test. {@link io.modeldepot.testkit.volume.TestVolume} sets one up in a temporary
 * directory, opens it on calls that can be told to fail, and after every test checks the store's
 * invariants, so that no test of any module leaves a broken volume unnoticed. {@link
 * io.modeldepot.testkit.volume.StoreInvariants} is the check by itself, for tests with their own
 * directory. Tests call; nothing else may.
 */
@NullMarked
package io.modeldepot.testkit.volume;

import org.jspecify.annotations.NullMarked;
