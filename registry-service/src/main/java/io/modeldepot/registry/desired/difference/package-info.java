/**
 * What differs between what documents say and what is, and what would make it the same. In order:
 * what is ({@code Current}), the comparison ({@code Comparing}, one model in {@code
 * ModelComparing}, one setting in {@code SettingComparing}), the changes, each with what it was,
 * what it becomes and the deeds that do it. Pure: the same question has the same answer and the
 * same plan id.
 */
@NullMarked
package io.modeldepot.registry.desired.difference;

import org.jspecify.annotations.NullMarked;
