/**
 * Keeps answers about models, versions and storage, so that asking again costs no work of the
 * database. An answer is kept under the stamp of what it depends on, which changes in the
 * transaction that changes the rows ({@code V20__what_changed_last.sql}): a kept answer is given
 * only while its stamp is the current one. In order: {@code CacheFilter} meets the request and the
 * answer, {@code Stamps} knows the current stamps, {@code Answers} has what is kept and lets one at
 * a time load what is not. Resources say {@code @Cached} and nothing else. What it keeps secret:
 * where answers are kept.
 */
@NullMarked
package io.modeldepot.registry.cache;

import org.jspecify.annotations.NullMarked;
