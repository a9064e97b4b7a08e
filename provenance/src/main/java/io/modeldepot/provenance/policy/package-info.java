/**
 * What a site does about what was found: a {@link io.modeldepot.provenance.policy.Rule} for each
 * kind of danger, and the judgement in the words that are announced. The policy reads no file and
 * has no memory, so the same findings are judged the same everywhere; {@link
 * io.modeldepot.provenance.policy.Judgement} looks at files and asks it.
 */
@NullMarked
package io.modeldepot.provenance.policy;

import org.jspecify.annotations.NullMarked;
