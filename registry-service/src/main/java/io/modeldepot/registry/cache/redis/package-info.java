/**
 * A shelf in a Redis that several registries share, where one is named. What comes from there is
 * taken only with the seal of this installation, and nothing waits for it for long: a Redis that is
 * away, stalls, is empty or holds what it should not costs time of the database and never an
 * answer. {@code Shelf} is the door; {@code Breaker} says when to leave Redis alone, {@code
 * RedisClient} exchanges within the time allowed, {@code RedisConnection} speaks RESP2, {@code
 * Seal} packs and unpacks. What it keeps secret: the password.
 */
@NullMarked
package io.modeldepot.registry.cache.redis;

import org.jspecify.annotations.NullMarked;
