/**
 * An inference server to be told what to load: {@code FakeTriton} answers over real HTTP as Triton
 * does with {@code --model-control-mode=explicit}, and has moods: slow, full, away, forgetful.
 * Nothing is computed.
 */
@NullMarked
package io.modeldepot.testkit.triton;

import org.jspecify.annotations.NullMarked;
